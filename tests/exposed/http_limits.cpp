// Step07: what the services gave up when they left strangers to a proxy: limits on connections and
// on requests in progress, deadlines that a request tells, bodies without an end. Not built: see
// README.md here.

#include <chrono>
#include <csignal>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "catch2.hpp"
#include "faults.hpp"
#include "http.hpp"
#include "tcp.hpp"

namespace {

using namespace std::chrono_literals;
using namespace http;

const std::vector<Part> only_service1{Part::service1};
const std::vector<Part> only_service2{Part::service2};

// What the app says of each fault, in the end.
}  // namespace

TEST_CASE("body-without-end", "[step07]") {
    const Deployment deployment(only_service1);
    const Descriptor connection = tcp::connect_to(deployment.port(Part::service1));
    tcp::send_all(connection,
                  "POST /process HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n");
    tcp::send_all(connection, "20000\r\n" + std::string(0x20000, ' ') + "\r\n");
    const TimeLimit limit(1s);  // not only after the time for the rest of it
    CHECK(read_answer(connection).status == 413);
}

TEST_CASE("body-without-length", "[step07]") {
    const Deployment deployment(only_service1);
    const TimeLimit limit(1s);
    CHECK(ask(deployment.port(Part::service1),
              "POST /process HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n")
              .status == 411);
}

TEST_CASE("idle-connections", "[step07]") {
    Deployment deployment;
    const int port = deployment.port(Part::service1);
    std::vector<Descriptor> idle;
    idle.reserve(200);
    for (int i = 0; i < 200; ++i) {
        idle.push_back(tcp::connect_to(port));
        if (i % 2 == 0) {
            tcp::send_all(idle.back(), process_42);
            CHECK(read_answer(idle.back()).status == 200);
        }
    }
    const Batch batch = make_batch(20);
    Program app = deployment.start_app({.arguments = {"-q", "-"}, .input = batch.input});
    check_complete(app, batch);
    for (const Descriptor& connection : idle) {
        tcp::send_all(connection, process_42);
        CHECK(read_answer(connection).body == answer_84);
    }
    tcp::send_all(idle[0], process_42.substr(0, 20));                     // half a head
    tcp::send_all(idle[1], process_42.substr(0, process_42.size() - 5));  // half a body
    pause(50ms);
    const TimeLimit limit(1s);
    deployment.end(Part::service1);
}

TEST_CASE("more-connections-than-a-service-keeps", "[step07]") {
    Deployment deployment(only_service1);
    std::vector<Descriptor> idle;
    idle.reserve(520);
    for (int i = 0; i < 520; ++i) {
        idle.push_back(tcp::connect_to(deployment.port(Part::service1)));
    }
    tcp::send_all(idle.back(), process_42);
    CHECK(read_answer(idle.back()).body == answer_84);
}

TEST_CASE("refused-calls-are-repeated", "[step07]") {
    const Batch batch = make_batch(50);
    Deployment deployment(no_parts);
    for (const Part service : {Part::service1, Part::service2}) {
        deployment.start(service, {.arguments = {"--delay", "1", "--limit", "1"}});
    }
    Program app = deployment.start_app({.arguments = {"--jobs", "16", "-"}, .input = batch.input});
    check_complete(app, batch);
    CHECK(app.err().find("it answered 503, too much to do") != std::string::npos);
}

TEST_CASE("limit", "[step07]") {
    Deployment deployment(no_parts);
    deployment.start(Part::service1, {.arguments = {"--delay", "500", "--limit", "1"}});
    const int port = deployment.port(Part::service1);
    const Descriptor first = tcp::connect_to(port);
    const Descriptor next = tcp::connect_to(port);
    tcp::send_all(first, process_42);
    pause(100ms);
    tcp::send_all(next, process_42);
    const Answer refusal = read_answer(next);
    CHECK(refusal.status == 503);
    CHECK(refusal.header("Retry-After") == "1");
    CHECK(ask(port, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200);
    CHECK(read_answer(first).body == answer_84);
    tcp::send_all(next, process_42);  // the connection is kept
    CHECK(read_answer(next).body == answer_84);
}

TEST_CASE("deadline-passed", "[step07]") {
    const Deployment deployment(only_service1);
    const auto status_with = [&](const std::string& deadline) {
        return ask(deployment.port(Part::service1),
                   request("POST /process", R"({"input":42})",
                           "Content-Type: application/json\r\nX-Deadline: " + deadline + "\r\n"))
            .status;
    };
    CHECK(status_with("1") == 503);
    CHECK(status_with("soon") == 200);
    CHECK(status_with("99999999999999") == 200);
}

TEST_CASE("deadline-told", "[step07]") {
    const Deployment deployment(no_parts);
    const Descriptor listener = tcp::listen_on(deployment.port(Part::service1));
    const auto now = std::chrono::system_clock::now().time_since_epoch() / 1ms;
    Program app = deployment.start_app({.arguments = {"-q", "--deadline", "5000", "42"}});
    const Descriptor connection(accept(listener.get(), nullptr, nullptr));
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos && tcp::receive_some(connection, head)) {
    }
    std::smatch found;
    REQUIRE(std::regex_search(head, found, std::regex("X-Deadline: (\\d+)\r\n")));
    CHECK(std::stoll(found[1]) >= now + 2000);  // its time limit for an answer
    CHECK(std::stoll(found[1]) <= now + 2000 + 5000);
    app.send(SIGTERM);
    app.wait();
}

TEST_CASE("request-ids", "[step07]") {
    Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const auto ask_with = [&](const std::string& header) {
        return ask(port, request("POST /process", R"({"input":42})",
                                 "Content-Type: application/json\r\n" + header));
    };
    const auto id_for = [&](const std::string& header) {
        const Answer answer = ask_with(header);
        CHECK(answer.status == 200);
        return answer.header("X-Request-ID");
    };
    CHECK(id_for("X-Request-ID: mine-1\r\n") == "mine-1");
    CHECK(deployment[Part::service1].await_error("request mine-1: POST /process 200") != "");
    CHECK(id_for("") != id_for(""));
    for (const std::string bad :
         {"a b", "a\tb", "a%0d%0aEvil: yes", "a%0D%0a%0d%0a", "a\"b", "caf\xc3\xa9"}) {
        INFO("id: " << bad);
        const std::string id = id_for("X-Request-ID: " + bad + "\r\n");
        CHECK(std::regex_match(id, std::regex("[0-9-]+")));
    }
    CHECK(id_for("X-Request-ID: " + std::string(65, 'a') + "\r\n").size() < 64);
    const int status = ask_with("X-Request-ID: a\x1b[31mred\r\n").status;
    CHECK((status == 200 || status == 400));  // later versions of the library refuse it themselves
    CHECK(deployment[Part::service1].err().find('\x1b') == std::string::npos);
}
