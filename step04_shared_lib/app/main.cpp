// Main: wires the parts together and runs the values through them.

#include <dlfcn.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "component1/component1.hpp"
#include "component2/component2.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "shell.hpp"
#include "usage.hpp"
#include "values.hpp"

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

int run(const std::vector<std::string>& arguments) {
    const Options options = parse_arguments(arguments);
    if (options.help || options.version) {
        print(options.help ? usage : "app 1.0.0\n");
        return success;
    }
    if (!options.quiet) {  // the story, which differs from step to step
        std::cerr
            << "step04_shared_lib: the components are shared libraries, found by the loader\n";
        std::cerr << "Component1 version: " + std::string(Component1::version()) + ", from " +
                         file_of(Component1::version) + '\n';
        std::cerr << "Component2 version: " + std::string(Component2::version()) + ", from " +
                         file_of(Component2::version) + '\n';
    }

    // tag::wiring[]
    const Component1 component1;
    const Component2 component2;
    const Pipeline pipeline(component1, component2);

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
