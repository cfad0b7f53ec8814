// Main: wires the parts together and runs the values through them.

#include <dlfcn.h>

#include <cerrno>
#include <csignal>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include "cli.hpp"
#include "component1/component1.hpp"
#include "component2/component2.hpp"
#include "pipeline.hpp"

namespace {

// Writes and flushes, so that a reader sees whole blocks as soon as they are finished.
void print(std::string_view text) {
    std::cout << text << std::flush;
    if (!std::cout) {
        throw std::system_error(
            errno, std::generic_category(),
            "cannot write to standard output (is the disk full, or did its reader end?)");
    }
}

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

int run(const Options& options) {
    if (options.help) {
        print(usage);
        return success;
    }
    if (options.version) {
        print("app 1.0.0\n");
        return success;
    }

    std::ostream story(options.quiet ? nullptr : std::cerr.rdbuf());
    story << std::unitbuf;  // like std::cerr
    story.tie(&std::cout);
    story << "step04_shared_lib: the components are shared libraries, found by the loader\n"
          << "Component1 version: " << Component1::version() << ", from "
          << file_of(Component1::version) << '\n'
          << "Component2 version: " << Component2::version() << ", from "
          << file_of(Component2::version) << '\n';

    // tag::wiring[]
    const Component1 component1;
    const Component2 component2;
    const Pipeline pipeline(component1, component2);

    print("--- Processing Pipeline ---\n");
    ValueSource values(options, std::cin, std::cerr);
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
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    std::ios::sync_with_stdio(false);
    try {
        return run(parse_arguments({argv + 1, argv + argc}));
    } catch (const std::invalid_argument& error) {
        std::cerr << "app: " << error.what() << "; try 'app --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << "app: " << error.what() << '\n';
        return boundary_failure;
    }
}
