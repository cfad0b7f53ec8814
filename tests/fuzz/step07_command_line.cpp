// The command line of the app and of a service, one argument a line, and the app's standard input
// after an empty line.

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli.hpp"
#include "fuzz.hpp"
#include "service/options.hpp"

namespace {

bool printable(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

void run_app(const std::vector<const char*>& arguments, std::istream& in) {
    try {
        const Options options = parse_arguments(arguments);
        require(options.from_stdin == options.values.empty(), "values come from one place");
        require(options.jobs >= 1 && options.jobs <= 200, "the number of jobs is in its range");
        require(options.timeout.count() >= 1, "there is a time limit");
        std::ostringstream errors;
        ValueSource values(options, in, errors);
        std::size_t count = 0;
        while (values.next()) {
            ++count;
        }
        require(options.from_stdin || count == options.values.size(), "every value comes once");
        require(values.saw_bad_line() != errors.str().empty(), "a bad line is reported");
        std::string reports = errors.str();
        std::erase(reports, '\n');
        require(printable(reports), "a report cannot command a terminal");
    } catch (const std::invalid_argument& error) {
        require(printable(error.what()), "an error cannot command a terminal");
    }
}

void run_service(const std::vector<const char*>& arguments) {
    try {
        const ServiceOptions options = parse_service_arguments(arguments, 3001);
        require(options.port >= 0 && options.port <= 65535, "the port is one");
        require(options.delay.count() >= 0, "the delay is one");
    } catch (const std::invalid_argument&) {
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream in{std::string(as_text(data, size))};
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line) && !line.empty();) {
        lines.push_back(line);
    }
    std::vector<const char*> arguments;
    arguments.reserve(lines.size());
    for (const std::string& line : lines) {
        arguments.push_back(line.c_str());
    }
    run_app(arguments, in);
    run_service(arguments);
    return 0;
}
