// Main: wires the parts together and runs the values through them.

#include <filesystem>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "shell.hpp"
#include "standard_streams.hpp"
#include "story.hpp"
#include "supervised_service.hpp"
#include "values.hpp"

namespace {

// The folder of this program's file, whatever the working directory is.
std::filesystem::path program_directory() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

void tell_version(const Story& story, const std::string& component, SupervisedService& service) {
    const std::string version = service.version();
    story.tell(component + " version: " + version + ", from pid " + std::to_string(service.pid()));
}

int run(std::span<const char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "app 1.0.0", usage)) {
        return success;
    }
    const Story story(options.quiet);
    story.tell("step06_processes: the components are child processes, one JSON line per message");

    // tag::wiring[]
    const std::filesystem::path services =
        setting(options.service_dir, "SERVICE_DIR", program_directory());
    const std::vector<std::string> quietly(options.quiet ? 1 : 0, "--quiet");
    const SupervisionLimits limits{options.timeout, options.restarts};
    SupervisedService service1(services / "service1", quietly, limits, story);
    SupervisedService service2(services / "service2", quietly, limits, story);
    tell_version(story, "Component1", service1);
    tell_version(story, "Component2", service2);

    const RemoteProcessor component1(service1);
    const RemoteTransformer component2(service2);
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
    occupy_standard_streams();
    return run_program("app", [&] { return run({argv + 1, argv + argc}); });
}
