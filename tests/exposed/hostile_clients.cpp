// Step07: what somebody who means harm can send to a service, and how others are served meanwhile.

#include <fcntl.h>
#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "build_paths.hpp"
#include "catch2.hpp"
#include "faults.hpp"
#include "http.hpp"
#include "tcp.hpp"

namespace {

using namespace std::chrono_literals;
using namespace http;

const std::vector<Part> only_service1{Part::service1};
constexpr std::size_t kept_connections = 500;  // by a service
const std::string half_a_head = "POST /process HTTP/1.1\r\nHo";
const std::string half_a_body = process_42.substr(0, process_42.size() - 5);

using Connections = std::vector<Descriptor>;

// As many open files as this process may have.
void allow_many_connections() {
    rlimit limit{};
    tcp::check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    tcp::check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

Connections connect_and_say(int port, std::size_t count, const std::string& text) {
    Connections connections;
    connections.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        connections.push_back(tcp::connect_to(port));
        tcp::send_all(connections.back(), text);
    }
    return connections;
}

// A byte more on each; those that were cut do not matter.
void say_more(const Connections& connections) {
    for (const Descriptor& connection : connections) {
        tcp::send_all(connection, "x");
    }
}

void check_served(int port) {
    const TimeLimit limit(2s);  // the app's default for an answer
    CHECK(ask(port, process_42).body == answer_84);
}

// The most memory that the process has had, in MiB.
long peak_memory(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) {
            return std::stol(line.substr(6)) / 1024;
        }
    }
    return -1;
}

}  // namespace

TEST_CASE("slow-heads-and-bodies", "[step07]") {
    const Batch batch = make_batch(50);
    Deployment deployment;
    const int port = deployment.port(Part::service1);
    const Connections heads = connect_and_say(port, kept_connections / 2, half_a_head);
    const Connections bodies = connect_and_say(port, kept_connections / 2, half_a_body);
    Program app = deployment.start_app({.arguments = {"-q", "-"}, .input = batch.input});
    for (int i = 0; i < 4; ++i) {
        say_more(heads);
        say_more(bodies);
        check_served(port);
    }
    check_complete(app, batch);
}

TEST_CASE("thousands-of-idle-connections", "[step07]") {
    allow_many_connections();
    const Batch batch = make_batch(50);
    Deployment deployment;
    const int port = deployment.port(Part::service1);
    const Connections idle = connect_and_say(port, 3000, "");
    check_served(port);
    Program app = deployment.start_app({.arguments = {"-q", "-"}, .input = batch.input});
    check_complete(app, batch);
    if (build_paths::slowness == 1) {
        CHECK(peak_memory(deployment[Part::service1].id()) < 100);
    }
}

TEST_CASE("answers-that-nobody-reads", "[step07]") {
    Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    std::string requests;
    for (int i = 0; i < 50; ++i) {
        requests += request(
            "POST /process", R"({"input":42})",
            "Content-Type: application/json\r\nX-Request-ID: " + std::string(64, 'x') + "\r\n");
    }
    const Connections deaf = connect_and_say(port, kept_connections, "");
    for (const Descriptor& connection : deaf) {
        fcntl(connection.get(), F_SETFL, O_NONBLOCK);
    }
    // Each is answered as long as it can be, so a sanitizer must not get as many.
    const int rounds = build_paths::slowness == 1 ? 40 : 1;
    for (int i = 0; i < rounds; ++i) {
        for (const Descriptor& connection : deaf) {
            tcp::send_all(connection, requests);
        }
    }
    check_served(port);
}

TEST_CASE("requests-without-end", "[step07]") {
    Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const std::string kilobyte(1000, 'a');
    struct Endless {
        std::string begin;
        std::string more;
    };
    for (const Endless& endless :
         {Endless{"", kilobyte}, Endless{"POST /process HTTP/1.1\r\n", kilobyte},
          Endless{"POST /process HTTP/1.1\r\n", "X: " + kilobyte + "\r\n"},
          Endless{"POST /process HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", kilobyte},
          Endless{"POST /process HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n", kilobyte}}) {
        INFO("begins with " << endless.begin << ", goes on with " << endless.more.substr(0, 10));
        const Descriptor connection = tcp::connect_to(port);
        const timeval no_longer_taken{1, 0};
        setsockopt(connection.get(), SOL_SOCKET, SO_SNDTIMEO, &no_longer_taken,
                   sizeof no_longer_taken);
        tcp::send_all(connection, endless.begin);
        std::string much;
        for (int i = 0; i < 100; ++i) {
            much += endless.more;
        }
        int sent = 0;
        while (sent < 5000 && tcp::send_all(connection, much)) {
            ++sent;
        }
        CHECK(sent < 5000);  // 500 megabytes
        check_served(port);
    }
    if (build_paths::slowness == 1) {
        CHECK(peak_memory(deployment[Part::service1].id()) < 200);
    }
}

// The library loses what it has read beyond a request; nobody else may notice that.
TEST_CASE("pipelined-requests", "[step07]") {
    const Deployment deployment;
    const int port = deployment.port(Part::service1);
    std::string requests = process_42;
    for (int i = 0; i < 1000; ++i) {
        requests += i % 3 == 0 ? request("POST /process", R"({"input":)") : process_42;
    }
    const Connections pipelines = connect_and_say(port, 20, requests);
    const Batch batch = make_batch(50);
    Program app = deployment.start_app({.arguments = {"-q", "-"}, .input = batch.input});
    check_served(port);
    check_complete(app, batch);
    for (const Descriptor& pipeline : pipelines) {
        CHECK(read_answer(pipeline).body.starts_with(answer_84));
    }
}

TEST_CASE("service-ends-under-attack", "[step07]") {
    for (const int signal : {SIGTERM, SIGINT}) {
        Deployment deployment(no_parts);
        deployment.start(Part::service1, {.arguments = {"--delay", "600"}});
        const int port = deployment.port(Part::service1);
        const Connections idle = connect_and_say(port, 100, "");
        const Connections heads = connect_and_say(port, 100, half_a_head);
        const Connections bodies = connect_and_say(port, 100, half_a_body);
        const Connections half_closed = connect_and_say(port, 50, half_a_body);
        for (const Descriptor& connection : half_closed) {
            shutdown(connection.get(), SHUT_WR);
        }
        const Descriptor busy = tcp::connect_to(port);
        tcp::send_all(busy, process_42);
        CHECK(read_answer(busy).body == answer_84);  // so all that came before were accepted
        tcp::send_all(busy, process_42);
        pause(300ms);  // it is in hand
        say_more(heads);
        const TimeLimit limit(1s);
        deployment.end(Part::service1, signal);
        CHECK(read_answer(busy).body == answer_84);
    }
}
