// Main: wires the parts together and runs the values through them.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "batch.hpp"
#include "nats_client.hpp"
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
    const broker::Settings broker = broker::take_settings(arguments);
    const int jobs = take_number(arguments, "--jobs", "1", 1, 200);
    const auto take_time = [&](const char* name, const char* fallback) {
        return std::chrono::milliseconds(take_number(arguments, name, fallback, 1, 3'600'000));
    };
    const NatsLimits limits{take_time("--timeout", "2000"), take_time("--deadline", "10000")};
    const Options options = parse_arguments(arguments);
    if (options.help || options.version) {
        print(options.help ? usage : "app 1.0.0\n");
        return success;
    }
    const Story story(options.quiet);
    story.tell("step08_broker: the components are workers behind a message broker");

    // tag::wiring[]
    NatsClient client(broker, limits, story);
    story.tell("Connected to " + broker.shown + ", which knows who serves what");
    const RemoteProcessor component1(client);
    const RemoteTransformer component2(client);
    const Pipeline pipeline(component1, component2);
    const auto run_value = [&](std::size_t, std::int32_t value, std::ostream& block) {
        return pipeline.run(value, block);
    };
    const std::vector<RunValue> workers(static_cast<std::size_t>(jobs), run_value);

    print("--- Processing Pipeline ---\n");
    Batch batch(workers);
    const auto add = [&](std::int32_t value) { batch.add(value); };
    std::for_each(options.values.begin(), options.values.end(), add);
    const bool all_read = !options.from_stdin || read_values(std::cin, add);
    const bool all_accepted = batch.finish();
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
