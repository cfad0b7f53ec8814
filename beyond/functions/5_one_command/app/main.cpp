// Main: wires the parts together and runs the values through them.

#include <span>
#include <sstream>
#include <string>

#include "arguments.hpp"
#include "function_client.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "shell.hpp"
#include "standard_streams.hpp"
#include "story.hpp"
#include "values.hpp"

namespace {

int run(std::span<const char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "app 1.0.0", usage)) {
        return success;
    }
    const Story story(options.quiet);
    story.tell("functions_app: the components are cloud functions, invoked over HTTP");

    // tag::wiring[]
    const std::string url =
        setting(options.functions_url, "FUNCTIONS_URL", "http://127.0.0.1:9001");
    const InvocationLimits limits{options.timeout, options.deadline};
    FunctionClient function1(url, "function1", limits, story);
    FunctionClient function2(url, "function2", limits, story);

    const RemoteProcessor component1(function1);
    const RemoteTransformer component2(function2);
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
