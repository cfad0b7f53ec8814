// Main: wires the parts together and runs the values through them.

#include <span>
#include <sstream>

#include "component1.hpp"
#include "component2.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "shell.hpp"
#include "story.hpp"
#include "values.hpp"

namespace {

int run(std::span<const char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "app 1.0.0", usage)) {
        return success;
    }
    const Story story(options.quiet);
    story.tell("step01_multifile: a header and a source for each part, one executable");

    // tag::wiring[]
    const Component1 component1;
    const Component2 component2;
    const Pipeline pipeline(component1, component2);

    print("--- Processing Pipeline ---\n");
    StandardInput input;
    ValueSource values(options.values, input, print_error);
    bool all_accepted = true;
    while (const auto value = values.next()) {
        std::ostringstream block;
        all_accepted &= pipeline.run(*value, block);
        print(block.str());
    }
    print("Execution complete\n");
    // end::wiring[]

    if (values.saw_bad_line()) {
        return usage_failure;
    }
    return all_accepted ? success : domain_failure;
}

}  // namespace

int main(int argc, char* argv[]) {
    return run_program("app", [&] { return run({argv + 1, argv + argc}); });
}
