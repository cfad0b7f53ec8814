// Main: wires the parts together and runs the values through them.

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "batch.hpp"
#include "cli.hpp"
#include "http_client.hpp"
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

// tag::worker[]
// One of those that work at once: its connections, and the pipeline over them.
struct Worker {
    std::string request_id;  // of the value in hand; both clients send it along
    HttpClient service1;
    HttpClient service2;
    RemoteProcessor processor{service1};
    RemoteTransformer transformer{service2};
    Pipeline pipeline{processor, transformer};

    Worker(const Options& options, const Story& story, const std::string& run_id)
        : request_id(run_id + "-0"),  // before the first value
          service1(setting(options.service1, "SERVICE1_URL", "http://127.0.0.1:3001"),
                   "--service1 or SERVICE1_URL", limits(options), story, request_id),
          service2(setting(options.service2, "SERVICE2_URL", "http://127.0.0.1:3002"),
                   "--service2 or SERVICE2_URL", limits(options), story, request_id) {}

    static HttpLimits limits(const Options& options) {
        return {options.connect_timeout, options.timeout, options.deadline};
    }
};
// end::worker[]

// Tells the request ids of this run from those of others.
std::string new_run_id() {
    std::ostringstream id;
    id << std::hex << std::random_device{}();
    return id.str();
}

// Throws std::runtime_error if another service answers.
void tell_version(const Story& story, const std::string& component, const std::string& name,
                  HttpClient& service) {
    const protocol::Health health = service.health();
    if (health.name != name) {
        throw std::runtime_error("service " + service.url() + " is " + health.name + " and not " +
                                 name + "; name the right one with --" + name);
    }
    story.tell(component + " version: " + health.version + ", from " + service.url());
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
    story.tell("step07_http: the components are HTTP services");

    const std::string run_id = new_run_id();
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<RunValue> run_value;
    for (int i = 0; i < options.jobs; ++i) {
        Worker& worker = *workers.emplace_back(std::make_unique<Worker>(options, story, run_id));
        run_value.emplace_back(
            [&worker, &run_id](std::size_t number, std::int32_t value, std::ostream& block) {
                worker.request_id = run_id + "-" + std::to_string(number + 1);
                return worker.pipeline.run(value, block);
            });
    }
    tell_version(story, "Component1", "service1", workers.front()->service1);
    tell_version(story, "Component2", "service2", workers.front()->service2);

    print("--- Processing Pipeline ---\n");
    ValueSource values(options, std::cin, std::cerr);
    const bool all_accepted = run_batch(values, run_value);
    print("Execution complete\n");

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
        return run(parse_arguments({argv + 1, argv + argc}));
    } catch (const std::invalid_argument& error) {
        std::cerr << "app: " << error.what() << "; try 'app --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << "app: " << error.what() << '\n';
        return boundary_failure;
    }
}
