// Main: wires the parts together and runs the values through them.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>
#include <vector>

#include "cli.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "supervised_service.hpp"

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

// A closed standard stream would be reused by the next pipe, and what is printed would go there.
// Opened the wrong way it fails as before.
void occupy_standard_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) < 0) {
            open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

// The folder of this program's file, whatever the working directory is.
std::filesystem::path program_directory() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

void tell_version(std::ostream& story, const std::string& component, SupervisedService& service) {
    const auto reply = std::get<protocol::VersionReply>(service.call(protocol::VersionRequest{}));
    // All at once, since the services tell their story to the same stderr.
    story << component + " version: " + reply.version + ", from pid " +
                 std::to_string(service.pid()) + '\n';
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
    story << "step06_processes: the components are child processes, one JSON line per message\n";

    const std::filesystem::path services =
        setting(options.service_dir, "SERVICE_DIR", program_directory());
    std::vector<std::string> arguments;
    if (options.quiet) {
        arguments.emplace_back("--quiet");
    }
    // tag::wiring[]
    const SupervisionLimits limits{options.timeout, options.restarts};
    SupervisedService service1(services / "service1", arguments, limits, story);
    SupervisedService service2(services / "service2", arguments, limits, story);
    tell_version(story, "Component1", service1);
    tell_version(story, "Component2", service2);

    const RemoteProcessor component1(service1);
    const RemoteTransformer component2(service2);
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
    occupy_standard_streams();
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
