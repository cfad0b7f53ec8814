// Main: wires the parts together and runs the values through them.

#include <filesystem>
#include <span>
#include <sstream>
#include <string>

#include "arguments.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "plugin_processor.hpp"
#include "plugin_transformer.hpp"
#include "shell.hpp"
#include "story.hpp"
#include "values.hpp"

namespace {

// The folder of this program's file, whatever the working directory is.
std::filesystem::path program_directory() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

int run(std::span<const char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "app 1.0.0", usage)) {
        return success;
    }
    const Story story(options.quiet);
    story.tell("step05_dlopen: the components are plugins, found by the program at run time");

    // tag::wiring[]
    const std::filesystem::path plugins =
        setting(options.plugin_dir, "PLUGIN_DIR", program_directory());
    const PluginProcessor component1(plugins, "component1");
    story.tell("Component1 version: " + component1.version() + ", from " +
               component1.path().string());
    const PluginTransformer component2(plugins, "component2");
    story.tell("Component2 version: " + component2.version() + ", from " +
               component2.path().string());
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
