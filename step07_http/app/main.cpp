// Main: wires the parts together and runs the values through them.

#include <deque>
#include <random>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "batch.hpp"
#include "http_client.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "shell.hpp"
#include "standard_streams.hpp"
#include "story.hpp"

namespace {

// tag::worker[]
// One of those that work at once: its connections, and the pipeline over them.
struct Worker {
    HttpClient service1;
    HttpClient service2;
    RemoteProcessor component1{service1};
    RemoteTransformer component2{service2};
    Pipeline pipeline{component1, component2};

    Worker(const Options& options, HttpLimits limits, const Story& story)
        : service1(setting(options.service1, "SERVICE1_URL", "http://127.0.0.1:3001"),
                   "--service1 or SERVICE1_URL", limits, story),
          service2(setting(options.service2, "SERVICE2_URL", "http://127.0.0.1:3002"),
                   "--service2 or SERVICE2_URL", limits, story) {}

    void set_request_id(const std::string& id) {
        service1.set_request_id(id);
        service2.set_request_id(id);
    }
};
// end::worker[]

// Tells the request ids of this run from those of others.
std::string new_run_id() {
    std::ostringstream id;
    id << std::hex << std::random_device{}() << '-';
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

int run(std::span<const char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "app 1.0.0", usage)) {
        return success;
    }
    const Story story(options.quiet);
    story.tell("step07_http: the components are HTTP services");

    // tag::wiring[]
    const HttpLimits limits{options.connect_timeout, options.timeout, options.deadline};
    const std::string run_id = new_run_id();
    std::deque<Worker> workers;  // which it never moves
    std::vector<RunValue> run_value;
    for (int i = 0; i < options.jobs; ++i) {
        Worker& worker = workers.emplace_back(options, limits, story);
        worker.set_request_id(run_id + '0');  // before the first value
        run_value.emplace_back(
            [&worker, &run_id](std::size_t number, std::int32_t value, std::ostream& block) {
                worker.set_request_id(run_id + std::to_string(number + 1));
                return worker.pipeline.run(value, block);
            });
    }
    tell_version(story, "Component1", "service1", workers.front().service1);
    tell_version(story, "Component2", "service2", workers.front().service2);

    print("--- Processing Pipeline ---\n");
    const BatchResult result = run_batch(options.values, run_value);
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
