// Faults of a service that is a process of its own, wherever it runs: in step06 the app starts it
// again, in step07 and step08 somebody else does, here the test.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <string>

#include "catch2.hpp"
#include "faults.hpp"

namespace {

using namespace std::chrono_literals;

bool app_starts_services() {
    return all_parts().empty();
}

// An app that waits for values, and its services.
struct Running {
    Deployment deployment;
    Program app;

    explicit Running(std::vector<std::string> arguments = {}, const std::string& delay = "0")
        : deployment(all_parts(), {{"SERVICE_DELAY", delay}}), app(start(std::move(arguments))) {
        app.await_lines(1);
    }

    // The service's process, if the app has started it.
    pid_t child(int number) {
        return std::stoi(app.await_error("Component" + std::to_string(number) +
                                         " version: .*, from pid (\\d+)"));
    }

    pid_t service(int number) {
        return app_starts_services() ? child(number) : deployment[part(number)].id();
    }

    // Where nobody else does, it starts the service again.
    void end_service(int number, int signal = SIGKILL) {
        if (app_starts_services()) {
            kill(child(number), signal);
        } else if (signal == SIGKILL) {
            deployment.kill(part(number));
            deployment.start(part(number));
        } else {
            deployment.end(part(number), signal);
            deployment.start(part(number));
        }
    }

    void finish(const std::string& input) {
        app.type(input);
        app.end_input();
    }

private:
    static Part part(int number) { return number == 1 ? Part::service1 : Part::service2; }

    Program start(std::vector<std::string> arguments) const {
        arguments.emplace_back("-");
        return deployment.start_app({.arguments = arguments, .keep_input_open = true});
    }
};

}  // namespace

TEST_CASE("service-killed-before-a-request", "[step06][step07][step08]") {
    const Batch batch = make_batch(10);
    for (const int number : {1, 2}) {
        Running running;
        running.end_service(number);
        running.finish(batch.input);
        check_complete(running.app, batch);
    }
}

TEST_CASE("service-killed-with-a-request-in-hand", "[step06][step07][step08]") {
    const Batch batch = make_batch(1);
    for (const int number : {1, 2}) {
        Running running({"--timeout", "300"}, "100");
        running.finish(batch.input);
        pause(number == 1 ? 50ms : 250ms);  // the first value is with service1, or service2
        running.end_service(number);
        check_complete(running.app, batch);
    }
}

TEST_CASE("service-killed-after-an-answer", "[step06][step07][step08]") {
    const Batch batch = make_batch(10);
    for (const int number : {1, 2}) {
        Running running;
        running.app.type(batch.input.substr(0, 3));
        running.app.await_lines(6);
        running.end_service(number);
        running.finish(batch.input.substr(3));
        check_complete(running.app, batch);
    }
}

TEST_CASE("service-stopped-for-a-while", "[step06][step07][step08]") {
    const Batch batch = make_batch(10);
    for (const int number : {1, 2}) {
        Running running({"--timeout", "150"});
        const pid_t service = running.service(number);
        kill(service, SIGSTOP);
        running.finish(batch.input);
        if (!app_starts_services()) {  // which ends it
            pause(300ms);
            kill(service, SIGCONT);
        }
        check_complete(running.app, batch);
    }
}

TEST_CASE("service-stays-stopped", "[step07][step08]") {
    const Batch batch = make_batch(10);
    const std::map<std::string, std::string> boundaries{
        {"step07", "service http://127[.0-9:]+ gave no valid reply in 400 ms"},
        {"step08", "subject service.transform of broker .* gave no result in 400 ms"}};
    Running running({"-q", "--timeout", "150", "--deadline", "400"});
    running.deployment[Part::service2].send(SIGSTOP);
    {
        const TimeLimit limit(1400ms);
        running.finish(batch.input);
        check_gave_up(running.app, batch, boundaries.at(step_under_test()));
    }
    running.deployment[Part::service2].send(SIGCONT);
}

TEST_CASE("service-ended-in-mid-batch", "[step06][step07][step08]") {
    const Batch batch = make_batch(300);
    for (const int signal : {SIGTERM, SIGKILL}) {
        Running running({"--timeout", "500"});
        running.finish(batch.input);
        for (const int number : {1, 2, 1}) {
            running.app.await_lines(
                static_cast<std::size_t>(std::ranges::count(running.app.out(), '\n') + 50));
            running.end_service(number, signal);
        }
        check_complete(running.app, batch);
    }
}

TEST_CASE("services-come-after-app", "[step07][step08]") {
    const Batch batch = make_batch(10);
    std::vector<Part> parts = all_parts();
    std::erase(parts, Part::service1);
    std::erase(parts, Part::service2);
    Deployment deployment(parts);
    Program app = deployment.start_app({.arguments = {"-"}, .input = batch.input});
    pause(500ms);
    deployment.start(Part::service2);
    deployment.start(Part::service1);
    check_complete(app, batch);
}

TEST_CASE("idle-service-ends-at-once", "[step07][step08]") {
    for (const int signal : {SIGTERM, SIGINT}) {
        Running running;
        running.app.type("42\n");
        running.app.await_lines(6);  // it keeps its connections
        for (const Part service : {Part::service1, Part::service2}) {
            const TimeLimit limit(1s);
            running.deployment.end(service, signal);
        }
        running.app.send(SIGTERM);
        CHECK(running.app.wait() == 128 + SIGTERM);
    }
}

TEST_CASE("app-interrupted-with-a-request-in-hand", "[step06][step07][step08]") {
    for (const int signal : {SIGTERM, SIGINT, SIGKILL}) {
        Running running({}, "200");
        running.app.type("42\n");
        pause(50ms);
        const TimeLimit limit(500ms);
        running.app.send(signal);
        CHECK(running.app.wait() == 128 + signal);
    }
}

TEST_CASE("app-stopped-for-longer-than-its-deadline", "[step07][step08]") {
    const Batch batch = make_batch(200);
    Running running({"--timeout", "200", "--deadline", "500"}, "2");
    running.finish(batch.input);
    running.app.await_lines(100);
    Program& service1 = running.deployment[Part::service1];
    service1.send(SIGSTOP);  // all of a laptop stops
    pause(50ms);             // by then the app waits for this one's answer
    running.app.send(SIGSTOP);
    pause(1s);
    running.app.send(SIGCONT);
    pause(20ms);
    service1.send(SIGCONT);
    check_complete(running.app, batch);
}

TEST_CASE("standard-stream-closed", "[step06][step07]") {
    const Batch batch = make_batch(1);
    const Deployment deployment;
    for (const std::string redirections : {"<&-", "2>&-", "<&- 2>&-"}) {
        INFO(redirections);
        Program app = deployment.start_app({.redirections = redirections});
        check_complete(app, batch);
    }
    Program without_output = deployment.start_app({.arguments = {"-q"}, .redirections = ">&-"});
    CHECK(without_output.wait() == 3);
    CHECK(without_output.err().find("standard output") != std::string::npos);
    Program without_input = deployment.start_app({.arguments = {"-q", "-"}, .redirections = "<&-"});
    CHECK(without_input.wait() == 3);
    CHECK(without_input.err().find("standard input") != std::string::npos);
}
