// Main: wires the parts together and runs the values through them.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "function_client.hpp"
#include "number_option.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "shell.hpp"
#include "story.hpp"
#include "usage.hpp"
#include "values.hpp"

int run(std::vector<std::string> arguments) {
    const std::string given_url = take_option(arguments, "--functions-url");
    const auto take_time = [&](const char* name, const char* fallback) {
        return std::chrono::milliseconds(take_number(arguments, name, fallback, 1, 3'600'000));
    };
    const InvocationLimits limits{take_time("--timeout", "4000"),  // a function has 3000
                                  take_time("--deadline", "10000")};
    const Options options = parse_arguments(arguments);
    if (options.help || options.version) {
        print(options.help ? usage : "app 1.0.0\n");
        return success;
    }
    const Story story(options.quiet);
    story.tell("functions_app: the components are cloud functions, invoked over HTTP");

    // tag::wiring[]
    const std::string url = setting(given_url, "FUNCTIONS_URL", "http://127.0.0.1:9001");
    FunctionClient function1(url, "function1", limits, story);
    FunctionClient function2(url, "function2", limits, story);

    const RemoteProcessor component1(function1);
    const RemoteTransformer component2(function2);
    const Pipeline pipeline(component1, component2);

    bool all_accepted = true;
    const auto run_value = [&](std::int32_t value) {
        std::ostringstream block;
        all_accepted &= pipeline.run(value, block);
        print(block.str());
    };
    print("--- Processing Pipeline ---\n");
    std::ranges::for_each(options.values, run_value);
    const bool all_read = !options.from_stdin || read_values(std::cin, run_value);
    print("Execution complete\n");
    // end::wiring[]

    if (!all_read) {
        return usage_failure;
    }
    return all_accepted ? success : domain_failure;
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
