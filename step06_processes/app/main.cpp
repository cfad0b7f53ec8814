// Main: wires the parts together and runs the values through them.

#include <algorithm>
#include <chrono>
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
#include "number_option.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "shell.hpp"
#include "story.hpp"
#include "supervised_service.hpp"
#include "usage.hpp"
#include "values.hpp"

// The folder of this program's file, whatever the working directory is.
std::filesystem::path program_directory() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

void tell_version(const Story& story, const std::string& component, SupervisedService& service) {
    const auto version = service.call<protocol::Version>("version", protocol::Json::object());
    story.tell(component + " version: " + version.version + ", from pid " +
               std::to_string(service.pid()));
}

int run(std::vector<std::string> arguments) {
    const std::string service_dir = take_option(arguments, "--service-dir");
    const SupervisionLimits limits{
        std::chrono::milliseconds(take_number(arguments, "--timeout", "2000", 1, 3'600'000)),
        take_number(arguments, "--restarts", "3", 0, 10)};
    const Options options = parse_arguments(arguments);
    if (options.help || options.version) {
        print(options.help ? usage : "app 1.0.0\n");
        return success;
    }
    const Story story(options.quiet);
    story.tell("step06_processes: the components are child processes, one JSON line per message");

    // tag::wiring[]
    const std::filesystem::path services = setting(service_dir, "SERVICE_DIR", program_directory());
    const std::vector<std::string> quietly(options.quiet ? 1 : 0, "--quiet");
    SupervisedService service1(services / "service1", quietly, limits, story);
    SupervisedService service2(services / "service2", quietly, limits, story);
    tell_version(story, "Component1", service1);
    tell_version(story, "Component2", service2);

    const RemoteProcessor component1(service1);
    const RemoteTransformer component2(service2);
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
