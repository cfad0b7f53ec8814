// Main: wires the parts together and runs the values through them.

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <stdexcept>
#include <vector>

#include "batch.hpp"
#include "cli.hpp"
#include "nats_client.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "story.hpp"

namespace {

// A closed standard stream would be reused by the next socket, and what is printed would go there.
// Opened the wrong way it fails as before.
void occupy_standard_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) < 0) {
            open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
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

    const Story story(options.quiet);
    story.tell("step08_broker: the components are workers behind a message broker");

    // tag::wiring[]
    NatsClient client(broker::address(options.nats, options.tls_ca),
                      {options.timeout, options.deadline}, story);
    story.tell("Connected to " + client.broker() + ", which knows who serves what");
    const RemoteProcessor processor(client);
    const RemoteTransformer transformer(client);
    const Pipeline pipeline(processor, transformer);
    const std::vector<RunValue> workers(static_cast<std::size_t>(options.jobs),
                                        [&](std::size_t, std::int32_t value, std::ostream& block) {
                                            return pipeline.run(value, block);
                                        });

    print("--- Processing Pipeline ---\n");
    ValueSource values(options, std::cin, std::cerr);
    const bool all_accepted = run_batch(values, workers);
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
    std::cin.tie(nullptr);  // both would flush std::cout while another thread prints
    std::cerr.tie(nullptr);
    try {
        const Options options = parse_arguments({argv + 1, argv + argc});
        broker::hide_secrets({argv + 1, argv + argc});
        return run(options);
    } catch (const std::invalid_argument& error) {
        std::cerr << "app: " << error.what() << "; try 'app --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << "app: " << error.what() << '\n';
        return boundary_failure;
    }
}
