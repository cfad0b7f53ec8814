// Main: wires the parts together and runs the values through them.

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "plugin_processor.hpp"
#include "plugin_transformer.hpp"
#include "shell.hpp"
#include "usage.hpp"
#include "values.hpp"

// The folder of this program's file, whatever the working directory is.
std::filesystem::path program_directory() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

int run(std::vector<std::string> arguments) {
    const std::string plugin_dir = take_option(arguments, "--plugin-dir");
    const Options options = parse_arguments(arguments);
    if (options.help || options.version) {
        print(options.help ? usage : "app 1.0.0\n");
        return success;
    }
    if (!options.quiet) {  // the story, which differs from step to step
        std::cerr
            << "step05_dlopen: the components are plugins, found by the program at run time\n";
    }

    // tag::wiring[]
    const std::filesystem::path plugins = setting(plugin_dir, "PLUGIN_DIR", program_directory());
    const PluginProcessor component1(plugins / "component1.so");
    const PluginTransformer component2(plugins / "component2.so");
    const Pipeline pipeline(component1, component2);
    if (!options.quiet) {
        std::cerr << "Component1 version: " + component1.version() + ", from " +
                         component1.path().string() + '\n';
        std::cerr << "Component2 version: " + component2.version() + ", from " +
                         component2.path().string() + '\n';
    }

    bool all_accepted = true;
    const auto run_value = [&](std::int32_t value) {
        std::ostringstream block;
        all_accepted &= pipeline.run(value, block);
        print(block.str());
    };
    print("--- Processing Pipeline ---\n");
    std::for_each(options.values.begin(), options.values.end(), run_value);
    const bool all_read = !options.from_stdin || read_values(std::cin, run_value);
    print("Execution complete\n");
    // end::wiring[]

    return !all_read ? usage_failure : all_accepted ? success : domain_failure;
}

int main(int argc, char* argv[]) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::invalid_argument& error) {
        std::cerr << "app: " + std::string(error.what()) + "; try 'app --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << "app: " + std::string(error.what()) + '\n';
        return boundary_failure;
    }
}
