// Main: wires the parts together and runs the values through them.

#include <span>
#include <vector>

#include "batch.hpp"
#include "nats_client.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "shell.hpp"
#include "standard_streams.hpp"
#include "story.hpp"

namespace {

int run(std::span<char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "app 1.0.0", usage)) {
        return success;
    }
    const broker::Address broker = options.broker.address();
    broker::hide_secrets(arguments);
    const Story story(options.quiet);
    story.tell("step08_broker: the components are workers behind a message broker");

    // tag::wiring[]
    NatsClient client(broker, {options.timeout, options.deadline}, story);
    story.tell("Connected to " + broker.shown() + ", which knows who serves what");
    const RemoteProcessor component1(client);
    const RemoteTransformer component2(client);
    const Pipeline pipeline(component1, component2);
    const std::vector<RunValue> workers(static_cast<std::size_t>(options.jobs),
                                        [&](std::size_t, std::int32_t value, std::ostream& block) {
                                            return pipeline.run(value, block);
                                        });

    print("--- Processing Pipeline ---\n");
    const BatchResult result = run_batch(options.values, workers);
    print("Execution complete\n");
    // end::wiring[]

    if (result.saw_bad_line) {
        return usage_failure;
    }
    return result.all_accepted ? success : domain_failure;
}

}  // namespace

int main(int argc, char* argv[]) {
    occupy_standard_streams();
    return run_program("app", [&] { return run({argv + 1, argv + argc}); });
}
