// Main: wires the parts together and runs the values through them.

#include <cerrno>
#include <csignal>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "cli.hpp"
#include "component1.hpp"
#include "component2.hpp"
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
    story << "step01_multifile: a header and a source for each part, one executable\n";

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
