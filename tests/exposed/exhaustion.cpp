// Step07: what a service does when the system has no more to give.

#include <chrono>
#include <string>
#include <vector>

#include "build_paths.hpp"
#include "catch2.hpp"
#include "faults.hpp"
#include "http.hpp"
#include "processes.hpp"
#include "tcp.hpp"

namespace {

using namespace std::chrono_literals;
using namespace http;

std::vector<Descriptor> connect(int port, std::size_t count) {
    std::vector<Descriptor> connections;
    for (std::size_t i = 0; i < count; ++i) {
        connections.push_back(tcp::connect_to(port));
    }
    return connections;
}

}  // namespace

TEST_CASE("no-more-descriptors", "[step07]") {
    struct Scarcity {
        std::string limit;
        std::size_t connections;
    };
    for (const Scarcity& scarcity : {Scarcity{"-n 20", 30}, Scarcity{"-n 256", 300}}) {
        INFO("ulimit " << scarcity.limit << ", " << scarcity.connections << " connections");
        Deployment deployment(no_parts);
        deployment.start(Part::service1, {.limits = scarcity.limit});
        const int port = deployment.port(Part::service1);
        {
            const auto idle = connect(port, scarcity.connections);
            const TimeLimit limit(5s);
            CHECK(ask(port, process_42).body == answer_84);
        }
        const auto idle = connect(port, 5);
        const TimeLimit limit(1s);
        CHECK(ask(port, process_42).body == answer_84);
    }
}

TEST_CASE("too-few-descriptors-to-start", "[step07]") {
    const Deployment deployment(no_parts);
    for (const int files : {5, 10, 16}) {
        INFO("ulimit -n " << files);
        Program service =
            deployment.launch(Part::service1, {.limits = "-n " + std::to_string(files)});
        check_refuses_to_start(service, ".*ulimit -n.*");
    }
}

TEST_CASE("accept-fails", "[step07]") {
    Deployment deployment(no_parts);
    deployment.start(Part::service1,
                     {.environment = {{"LD_PRELOAD", build_paths::failing_accept},
                                      {"ASAN_OPTIONS", "verify_asan_link_order=0"}}});
    const int port = deployment.port(Part::service1);
    for (int i = 0; i < 2; ++i) {
        const TimeLimit limit(5s);
        CHECK(ask(port, process_42).body == answer_84);
    }
}

TEST_CASE("no-more-threads", "[step07]") {
    if (build_paths::slowness > 1) {
        return;  // a sanitizer needs all of the address space
    }
    Deployment deployment(no_parts);
    deployment.start(Part::service1, {.limits = "-v 400000"});
    const int port = deployment.port(Part::service1);
    const auto connections = connect(port, 40);
    for (const Descriptor& connection : connections) {
        tcp::send_all(connection, process_42);
    }
    const TimeLimit limit(5s);
    int served = 0;
    for (const Descriptor& connection : connections) {
        const Answer answer = read_answer(connection);
        served += answer.body == answer_84 ? 1 : 0;
        CHECK((answer.status == 200 || answer.status == 503 || answer.status == 0));
    }
    CHECK(served > 0);
    const auto more = connect(port, 40);  // with nothing in hand
    for (int i = 0; i < 10; ++i) {
        CHECK(ask(port, process_42).status == 200);
    }
}

TEST_CASE("no-threads-for-the-jobs", "[step07]") {
    if (build_paths::slowness > 1) {
        return;  // as above
    }
    const Deployment deployment;
    const Batch batch = make_batch(20);
    Program app = deployment.start_app(
        {.arguments = {"-q", "--jobs", "200", "-"}, .input = batch.input, .limits = "-v 400000"});
    CHECK(app.wait() == 3);
    CHECK(app.err().find("fewer with --jobs") != std::string::npos);
    CHECK(app.err().find('\n') == app.err().size() - 1);
}
