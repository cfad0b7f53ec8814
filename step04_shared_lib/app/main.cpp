// Main: wires the parts together and runs the values through them.

#include <dlfcn.h>

#include <span>
#include <sstream>
#include <string>
#include <string_view>

#include "component1/component1.hpp"
#include "component2/component2.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "shell.hpp"
#include "story.hpp"
#include "values.hpp"

namespace {

// tag::file_of[]
// The path of the file that the loader took the function from.
std::string file_of(std::string_view (*function)()) {
    Dl_info info{};
    if (dladdr(reinterpret_cast<const void*>(function), &info) == 0) {
        return "an unknown file";
    }
    return info.dli_fname;
}
// end::file_of[]

int run(std::span<const char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "app 1.0.0", usage)) {
        return success;
    }
    const Story story(options.quiet);
    story.tell("step04_shared_lib: the components are shared libraries, found by the loader");
    story.tell("Component1 version: " + std::string(Component1::version()) + ", from " +
               file_of(Component1::version));
    story.tell("Component2 version: " + std::string(Component2::version()) + ", from " +
               file_of(Component2::version));

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
