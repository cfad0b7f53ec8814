// Main: wires the parts together and runs the values through them.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "batch.hpp"
#include "http_client.hpp"
#include "number_option.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "remote_processor.hpp"
#include "remote_transformer.hpp"
#include "shell.hpp"
#include "story.hpp"
#include "usage.hpp"
#include "values.hpp"

// tag::worker[]
// One concurrent worker: its connections, and the pipeline over them.
struct Worker {
    HttpClient service1;
    HttpClient service2;
    RemoteProcessor component1{service1};
    RemoteTransformer component2{service2};
    Pipeline pipeline{component1, component2};

    Worker(const std::string& url1, const std::string& url2, HttpLimits limits, const Story& story)
        : service1(url1, "--service1 or SERVICE1_URL", limits, story),
          service2(url2, "--service2 or SERVICE2_URL", limits, story) {}

    // The id goes with all requests of the value.
    bool run(const std::string& id, std::int32_t value, std::ostream& block) {
        service1.set_request_id(id);
        service2.set_request_id(id);
        return pipeline.run(value, block);
    }
};
// end::worker[]

void tell_version(const Story& story, const std::string& component, HttpClient& service) {
    const auto version = service.call<protocol::Version>("health", nullptr);
    story.tell(component + " version: " + version.version + ", from " + service.url());
}

HttpLimits take_limits(std::vector<std::string>& arguments) {
    const auto take_time = [&](const char* name, const char* fallback) {
        return std::chrono::milliseconds(take_number(arguments, name, fallback, 1, 3'600'000));
    };
    return {take_time("--connect-timeout", "1000"), take_time("--timeout", "2000"),
            take_time("--deadline", "10000")};
}

int run(std::vector<std::string> arguments) {
    const std::string url1 = take_option(arguments, "--service1");
    const std::string url2 = take_option(arguments, "--service2");
    const int jobs = take_number(arguments, "--jobs", "1", 1, 64);
    const HttpLimits limits = take_limits(arguments);
    const Options options = parse_arguments(arguments);
    if (options.help || options.version) {
        print(options.help ? usage : "app 1.0.0\n");
        return success;
    }
    const Story story(options.quiet);
    story.tell("step07_http: the components are HTTP services");

    // tag::wiring[]
    const std::string run_id = std::to_string(std::random_device{}()) + '-';
    std::deque<Worker> workers;  // never moves its elements
    std::vector<RunValue> run_value;
    for (int i = 0; i < jobs; ++i) {
        Worker& worker = workers.emplace_back(
            setting(url1, "SERVICE1_URL", "http://127.0.0.1:3001"),
            setting(url2, "SERVICE2_URL", "http://127.0.0.1:3002"), limits, story);
        run_value.emplace_back([&](std::size_t number, std::int32_t value, std::ostream& block) {
            return worker.run(run_id + std::to_string(number), value, block);
        });
    }
    tell_version(story, "Component1", workers.front().service1);
    tell_version(story, "Component2", workers.front().service2);

    print("--- Processing Pipeline ---\n");
    Batch batch(run_value);
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
