// The command line as an entry point: arguments or lines in, text or JSON out.

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "component1/component1.hpp"
#include "component2/component2.hpp"
#include "core/outcome.hpp"
#include "core/parse_value.hpp"
#include "pipeline.hpp"

namespace {

constexpr std::string_view usage = R"(Usage: value [--json] [VALUE ...]
       value [--json] -

Runs each VALUE, a decimal 32-bit integer, through the pipeline (none given: 42).
With "-" the values come from standard input, one per line; blank lines are skipped.

      --json   one line of JSON for each value
  -h, --help   print this help and exit

Exit status: 0 every value went through, 1 a component refused a value, 2 wrong usage,
3 something outside the program failed.
)";

enum ExitStatus : int { success = 0, refused = 1, wrong_usage = 2, failure = 3 };

struct Options {
    bool help = false;
    bool json = false;
    bool from_stdin = false;
    std::vector<std::int32_t> values;
};

Options parse_arguments(std::span<char* const> arguments) {
    Options options;
    for (const std::string_view argument : arguments) {
        if (argument == "-h" || argument == "--help") {
            options.help = true;
        } else if (argument == "--json") {
            options.json = true;
        } else if (argument == "-") {
            options.from_stdin = true;
        } else if (const auto value = parse_value(argument)) {
            options.values.push_back(*value);
        } else {
            throw std::invalid_argument("'" + std::string(argument) + "' " +
                                        std::string(not_a_value) + ", nor an option");
        }
    }
    if (options.from_stdin && !options.values.empty()) {
        throw std::invalid_argument("give either '-' or values");
    }
    if (!options.from_stdin && options.values.empty()) {
        options.values.push_back(42);
    }
    return options;
}

// Writes and flushes: a reader at the other end of a pipe waits for each line.
void print(std::string_view text) {
    std::cout << text << std::flush;
    if (!std::cout) {
        throw std::system_error(errno, std::generic_category(), "cannot write to standard output");
    }
}

// Returns whether the value was accepted.
// tag::answer[]
bool answer(std::int32_t value, bool json) {
    if (json) {
        const Outcome outcome = evaluate(value);
        print(to_json(outcome) + '\n');
        return !outcome.refused();
    }
    const Component1 component1;
    const Component2 component2;
    std::ostringstream block;
    const bool accepted = Pipeline(component1, component2).run(value, block);
    print(block.str());
    return accepted;
}
// end::answer[]

int answer_lines(bool json) {
    int status = success;
    std::string line;
    for (int number = 1; std::getline(std::cin, line); ++number) {
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin == std::string::npos) {
            continue;
        }
        line = line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
        if (const auto value = parse_value(line)) {
            status = answer(*value, json) ? status : std::max<int>(status, refused);
        } else {
            std::cerr << "value: line " + std::to_string(number) + " " + std::string(not_a_value) +
                             ", skipped\n";
            status = wrong_usage;
        }
    }
    return status;
}

int run(const Options& options) {
    if (options.help) {
        print(usage);
        return success;
    }
    print(options.json ? "" : "--- Processing Pipeline ---\n");
    int status = success;
    for (const std::int32_t value : options.values) {
        status = answer(value, options.json) ? status : refused;
    }
    if (options.from_stdin) {
        status = answer_lines(options.json);
    }
    print(options.json ? "" : "Execution complete\n");
    return status;
}

}  // namespace

int main(int argc, char* argv[]) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    std::ios::sync_with_stdio(false);
    try {
        return run(parse_arguments({argv + 1, argv + argc}));
    } catch (const std::invalid_argument& error) {
        std::cerr << "value: " << error.what() << "; try 'value --help'\n";
        return wrong_usage;
    } catch (const std::exception& error) {
        std::cerr << "value: " << error.what() << '\n';
        return failure;
    }
}
