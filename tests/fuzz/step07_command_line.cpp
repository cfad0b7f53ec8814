// The command line of the app and of a service, one argument a line, and the app's standard input
// after an empty line; every argument as an address, too.

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "fuzz.hpp"
#include "http/address.hpp"
#include "options.hpp"
#include "service/run_service.hpp"

namespace {

bool printable(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

template <typename Try>
void refuse_or(Try run) {
    try {
        run();
    } catch (const std::invalid_argument& error) {
        require(printable(error.what()), "an error cannot command a terminal");
    }
}

void run_app(const std::vector<const char*>& arguments, std::istream& in) {
    const Options options = parse_arguments(arguments);
    require(options.values.from_stdin == options.values.given.empty(),
            "values come from one place");
    require(options.jobs >= 1 && options.jobs <= 200, "the number of jobs is in its range");
    require(options.timeout.count() >= 1, "there is a time limit");
    std::string complaints;
    ValueSource values(options.values, *in.rdbuf(),
                       [&](const std::string& line) { complaints += line; });
    std::size_t count = 0;
    while (values.next()) {
        ++count;
    }
    require(options.values.from_stdin || count == options.values.given.size(),
            "every value comes once");
    require(values.saw_bad_line() != complaints.empty(), "a bad line is reported");
    require(printable(complaints), "a report cannot command a terminal");
}

void run_service(const std::vector<const char*>& given) {
    const auto server = make_server("service1", {});
    for (Arguments arguments(given); arguments.next();) {
        server->take(arguments);
    }
}

void check_address(const std::string& text) {
    refuse_or([&] {
        const http::Address address = http::parse_url(text);
        require(address.port >= 1 && address.port <= 65535, "the port is one");
        const http::Address again = http::parse_url("http://" + address.shown());
        require(again.shown() == address.shown(), "an address survives the journey");
    });
    refuse_or([&] {
        const int port = http::parse_listen(text).port;
        require(port >= 0 && port <= 65535, "the port is one");
    });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream in{std::string(as_text(data, size))};
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line) && !line.empty();) {
        lines.push_back(line.substr(0, line.find('\0')));
    }
    std::vector<const char*> arguments;
    arguments.reserve(lines.size());
    for (const std::string& line : lines) {
        arguments.push_back(line.c_str());
        check_address(line);
    }
    refuse_or([&] { run_app(arguments, in); });
    refuse_or([&] { run_service(arguments); });
    return 0;
}
