// The command line as an entry point: arguments or lines in, text or JSON out. It
// checks its arguments as step 03's program does.

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "component1/component1.hpp"
#include "component2/component2.hpp"
#include "core/outcome.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "shell.hpp"
#include "values.hpp"

namespace {

constexpr std::string_view usage = R"(Usage: value [--json] [VALUE ...]
       value [--json] -

Runs each VALUE, a decimal 32-bit integer, through the pipeline (none given: 42).
With "-" the values come from standard input, one per line; blank lines are skipped.

      --json             one line of JSON for each value
  -h, --help             print this help and exit
      --version          print the version and exit

Exit status: 0 every value went through, 1 a component rejected a value, 2 wrong usage,
3 something outside the program failed for good.
)";

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

// Step 03's read_values() would say "app" where it names the program. Returns whether all lines
// were values, or blank.
bool answer_lines(bool json, bool& all_accepted) {
    constexpr const char* blanks = " \t\r";
    bool all_good = true;
    std::string line;
    for (int number = 1; std::getline(std::cin, line); ++number) {
        line.erase(line.find_last_not_of(blanks) + 1);
        line.erase(0, line.find_first_not_of(blanks));
        if (const auto value = parse_value(line)) {
            all_accepted &= answer(*value, json);
        } else if (!line.empty()) {
            std::cerr << "value: line " + std::to_string(number) + ": " + quote(line) +
                             " is not a decimal 32-bit integer, skipped\n";
            all_good = false;
        }
    }
    if (std::ferror(stdin) != 0) {  // std::cin reports a failed read as the end
        throw std::runtime_error("cannot read standard input");
    }
    return all_good;
}

int run(std::vector<std::string> arguments) {
    const bool json = std::erase(arguments, "--json") > 0;
    const Options options = parse_arguments(arguments);
    if (options.help || options.version) {
        print(options.help ? usage : "value 1.0.0\n");
        return success;
    }
    bool all_accepted = true;
    print(json ? "" : "--- Processing Pipeline ---\n");
    for (const std::int32_t value : options.values) {
        all_accepted &= answer(value, json);
    }
    const bool all_read = !options.from_stdin || answer_lines(json, all_accepted);
    print(json ? "" : "Execution complete\n");
    if (!all_read) {
        return usage_failure;
    }
    return all_accepted ? success : domain_failure;
}

}  // namespace

int main(int argc, char* argv[]) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::invalid_argument& error) {
        std::cerr << "value: " + std::string(error.what()) + "; try 'value --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << "value: " + std::string(error.what()) + '\n';
        return boundary_failure;
    }
}
