// The command line as an entry point: arguments or lines in, text or JSON out. What a program of
// this course says to its shell is step 03's.

#include <cstdint>
#include <span>
#include <sstream>
#include <string>
#include <string_view>

#include "component1/component1.hpp"
#include "component2/component2.hpp"
#include "core/outcome.hpp"
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

struct Options : ShellOptions {
    bool json = false;
    Values values;
};

Options parse_arguments(std::span<const char* const> arguments) {
    Options options;
    for (const std::string_view argument : arguments) {
        if (argument == "--json") {
            options.json = true;
        } else if (!options.take(argument)) {
            options.values.take(argument);
        }
    }
    options.values.complete();
    return options;
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

// The line begins with the name that the program has in the steps.
void complain(const std::string& line) {
    print_error("value" + line.substr(line.find(':')));
}

int run(std::span<const char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "value 1.0.0", usage)) {
        return success;
    }
    print(options.json ? "" : "--- Processing Pipeline ---\n");
    StandardInput input;
    ValueSource values(options.values, input, complain);
    bool all_accepted = true;
    while (const auto value = values.next()) {
        all_accepted &= answer(*value, options.json);
    }
    print(options.json ? "" : "Execution complete\n");
    if (values.saw_bad_line()) {
        return usage_failure;
    }
    return all_accepted ? success : domain_failure;
}

}  // namespace

int main(int argc, char* argv[]) {
    return run_program("value", [&] { return run({argv + 1, argv + argc}); });
}
