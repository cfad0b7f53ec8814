// The command line of the app and of a service, one argument a line, and the app's standard input
// after an empty line; every argument as a URL, too.

#include <algorithm>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "fuzz.hpp"
#include "http_client.hpp"
#include "number_option.hpp"
#include "options.hpp"
#include "service/service_options.hpp"
#include "values.hpp"

namespace {

bool printable(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

template <typename Try>
void refuse_or(Try run) {
    try {
        run();
    } catch (const std::invalid_argument& error) {
        require(printable(error.what()), "an error cannot command a terminal");
    }
}

void run_app(std::vector<std::string> arguments, std::istream& in) {
    const int jobs = take_number(arguments, "--jobs", "1", 1, 64);
    require(jobs >= 1 && jobs <= 64, "the number of jobs is in its range");
    const Options options = parse_arguments(arguments);
    require(options.from_stdin == options.values.empty(), "values come from one place");
    std::size_t count = 0;
    read_values(in, [&](std::int32_t) { ++count; });
}

// What a program would print, by a stream.
class Captured {
public:
    explicit Captured(std::ostream& stream)
        : stream_(stream), before_(stream.rdbuf(text_.rdbuf())) {}
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;
    ~Captured() { stream_.rdbuf(before_); }

    std::string text() const { return text_.str(); }

private:
    std::ostream& stream_;
    std::ostringstream text_;
    std::streambuf* before_;
};

void check_url(const std::string& text) {
    const Story story(true);
    refuse_or([&] {
        const HttpClient client(text, "--service1", {}, story);
        require(client.url().starts_with("http://") && printable(client.url()), "a URL is one");
    });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream in{std::string(as_text(data, size))};
    std::vector<std::string> arguments;
    for (std::string line; std::getline(in, line) && !line.empty();) {
        arguments.push_back(line.substr(0, line.find('\0')));
        check_url(arguments.back().substr(0, 300));  // std::regex needs stack for each character
    }
    const Captured out(std::cout);
    const Captured err(std::cerr);
    refuse_or([&] { run_app(arguments, in); });
    refuse_or([&] { parse_service_arguments({"service1", "1.0.0", {}}, "", arguments); });
    require(printable(out.text()) && printable(err.text()), "a report cannot command a terminal");
    return 0;
}
