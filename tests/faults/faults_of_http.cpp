// Step07: the services are HTTP servers.

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
const std::vector<std::pair<std::string, std::string>> faults{
    {"raw garbage", ""},
    {"garbage", "answered nonsense: .*"},
    {"half, silence", ""},
    {"half, close", ""},
    {"half head, silence", ""},
    {"half head, close", ""},
    {"half payload", "answered nonsense: .*"},
    {"silence", ""},
    {"close, close", ""},
    {"wrong shape", "answered nonsense: a number is not a 32-bit integer"},
    {"out of range", "answered nonsense: a number is not a 32-bit integer"},
    {"megabyte", ""},
    {"endless payload", ""},
    {"drip", ""},
    {"status 500", "it answered 500"},
    {"status 503", "it answered 503"},
    {"status 408", "it answered 408"},
    {"status 425", "it answered 425"},
    {"status 429", "it answered 429"},
};

}  // namespace

TEST_CASE("server-missing", "[step07]") {
    const Batch batch = make_batch(2);
    for (const Part missing : {Part::service1, Part::service2}) {
        const Deployment deployment(missing == Part::service1 ? only_service2 : only_service1);
        const TimeLimit limit(1300ms);
        Program app =
            deployment.start_app({.arguments = {"--deadline", "300", "-"}, .input = batch.input});
        check_gave_up(app, batch,
                      "service " + deployment.url(missing) +
                          " gave no valid reply in 300 ms: no connection; start it, or name "
                          "another with --service. or SERVICE._URL");
        CHECK(count_repetitions(app) > 1);
        CHECK(count_repetitions(app) < 10);  // with pauses that grow
    }
}

TEST_CASE("server-wrong-once", "[step07]") {
    const Batch batch = make_batch(4);
    Deployment deployment(only_service2);
    for (const auto& [fault, message] : faults) {
        INFO("fault: " << fault);
        Program fake = start_fake_service(deployment, fault, true);
        Program app = deployment.start_app(
            {.arguments = with_timeout_for(fault, {"-"}), .input = batch.input});
        CHECK(fake.wait(promptly) == 0);
        deployment.start(Part::service1);
        check_complete(app, batch);
        app.await_error("request .*: " + deployment.url(Part::service1) + ": .*" + message);
        deployment.kill(Part::service1);
    }
}

TEST_CASE("server-wrong-always", "[step07]") {
    const Batch batch = make_batch(4);
    const Deployment deployment(only_service2);
    for (const auto& [fault, message] : faults) {
        INFO("fault: " << fault);
        Program fake = start_fake_service(deployment, fault);
        const TimeLimit limit(1200ms);
        Program app =
            deployment.start_app({.arguments = with_timeout_for(fault, {"--deadline", "200", "-"}),
                                  .input = batch.input});
        check_gave_up(
            app, batch,
            "service " + deployment.url(Part::service1) + " gave no valid reply in 200 ms: .*");
        app.await_error("request .*: " + deployment.url(Part::service1) + ": .*(" + message +
                        "|no whole answer in time)");  // a busy machine may not get further by then
    }
}

TEST_CASE("server-refuses-for-good", "[step07]") {
    const Batch batch = make_batch(4);
    const Deployment deployment(only_service2);
    for (const std::string status : {"302", "400", "404", "413"}) {
        INFO("status: " << status);
        Program fake = start_fake_service(deployment, "status " + status);
        const TimeLimit limit(1200ms);  // and not until the deadline
        Program app = deployment.start_app({.arguments = {"-"}, .input = batch.input});
        check_gave_up(app, batch,
                      "service " + deployment.url(Part::service1) + ": it answered " + status +
                          "; is --service1 or SERVICE1_URL the right service?");
    }
}

TEST_CASE("services-mixed-up", "[step07]") {
    const Batch batch = make_batch(1);
    const Deployment deployment;
    const std::string url = deployment.url(Part::service2);
    Program app = deployment.start_app({.arguments = {"-q", "--service1", url, "42"}});
    check_gave_up(
        app, batch,
        "service " + url + ": it answered 404; is --service1 or SERVICE1_URL the right .*");
}

TEST_CASE("connecting-takes-for-ever", "[step07]") {
    const Batch batch = make_batch(1);
    const Deployment deployment(only_service2);
    const Descriptor full = tcp::bind_to(deployment.port(Part::service1));
    tcp::check(listen(full.get(), 0), "listen");
    const Descriptor fills_it = tcp::connect_to(deployment.port(Part::service1));
    const TimeLimit limit(1300ms);
    Program app = deployment.start_app(
        {.arguments = {"-q", "--connect-timeout", "100", "--deadline", "300", "-"},
         .input = batch.input});
    check_gave_up(app, batch,
                  "service " + deployment.url(Part::service1) + " gave no valid reply.*");
}

TEST_CASE("port-in-use", "[step07]") {
    const Deployment deployment(only_service1);
    Program second = deployment.launch(Part::service1);
    check_refuses_to_start(
        second, "cannot listen on 127.0.0.1:" + std::to_string(deployment.port(Part::service1)) +
                    ": Address already in use; .*--listen");
}

TEST_CASE("no-such-host-to-listen-on", "[step07]") {
    const Deployment deployment(no_parts);
    Program service = deployment.launch(Part::service1, {.arguments = {"--listen", "a..b:3001"}});
    check_refuses_to_start(service, "cannot listen on a..b:3001: no such host; .*--listen.*");
}

TEST_CASE("port-0", "[step07]") {
    const Deployment deployment(no_parts);
    Program service = deployment.launch(Part::service1, {.arguments = {"--listen", "127.0.0.1:0"}});
    service.await_lines(1);
    std::smatch match;
    REQUIRE(std::regex_match(service.out(), match, std::regex("http://127.0.0.1:(\\d+)\n")));
    CHECK(ask(std::stoi(match.str(1)), process_42).body == answer_84);
    check_ends_well(service);
}

TEST_CASE("statuses", "[step07]") {
    const Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    struct Expected {
        std::string request;
        int status;
        std::string detail;
    };
    const std::vector<Expected> exchanges{
        {request("POST /process", "hello"), 400, ""},
        {request("POST /process", ""), 400, ""},
        {request("POST /process", "{}"), 400, ""},
        {request("POST /process", R"({"input":"42"})"), 400, "a number is not a 32-bit integer"},
        {request("POST /process", R"({"input":4.2})"), 400, "a number is not a 32-bit integer"},
        {request("POST /process", R"({"input":3000000000})"), 400,
         "a number is not a 32-bit integer"},
        {request("POST /process", std::string(30'000, '[')), 400, ""},
        {request("POST /dance", "{}"), 404, "there is no such path"},
        {request("POST /analyze", "{}"), 404, "there is no such path"},
        {request("GET /process", ""), 405, "this path takes POST only"},
        {request("PUT /process", "{}"), 405, "this path takes POST only"},
        {request("POST /health", "{}"), 405, "this path takes GET only"},
        {request("POST /process", std::string(65'537, ' ')), 413, "the body is too long"},
        {request("POST /process", R"({"input":1073741824})"), 422,
         "2 x 1073741824 does not fit a 32-bit integer"},
    };
    for (const Expected& expected : exchanges) {
        INFO(expected.request.substr(0, 100));
        const Answer answer = ask(port, expected.request);
        CHECK(answer.status == expected.status);
        CHECK(answer.header("Content-Type") == "application/problem+json");
        CHECK(answer.body.find("\"status\":" + std::to_string(expected.status)) !=
              std::string::npos);
        CHECK(answer.body.find("\"detail\":\"" + expected.detail) != std::string::npos);
        CHECK(!answer.header("X-Request-ID").empty());
        if (expected.status == 405) {
            CHECK((answer.header("Allow") == "GET" || answer.header("Allow") == "POST"));
        }
    }
    const Answer answer = ask(port, request("POST /process", R"({"input":42})",
                                            "Content-Type: application/json; charset=utf-8\r\n"));
    CHECK(answer.status == 200);
    CHECK(answer.header("Content-Type") == "application/json");
    CHECK(answer.body == answer_84);

    const Answer health = ask(port, request("GET /health", "", ""));
    CHECK(health.status == 200);
    CHECK(std::regex_match(health.body,
                           std::regex(R"(\{"name":"service1","version":"\d+\.\d+\.\d+"\})")));

    ask(port, "This is no HTTP.\r\n\r\n");
    CHECK(ask(port, process_42).body == answer_84);
}

TEST_CASE("hostile-bodies", "[step07]") {
    const Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    std::string nested;
    for (int i = 0; i < 7000; ++i) {
        nested += R"({"input":)";
    }
    for (const std::string& body : std::vector<std::string>{
             nested, std::string(60'000, '['), R"({"input":1e400})", R"({"input":-1e400})",
             R"({"input":)" + std::string(60'000, '9') + "}", R"({"input":18446744073709551658})",
             R"({"input":-0.0})", R"({"input":42e0})", "{\"input\":\"\xff\xfe\"}",
             "{\"\xc3\x28\":42}", R"({"input":"\ud800"})", std::string("{\"input\":42\0}", 13),
             R"({"input":42}{"input":42})", "\xef\xbb\xbf", std::string(65'536, '\0')}) {
        INFO(body.substr(0, 50));
        CHECK(ask(port, request("POST /process", body)).status == 400);
    }
}

TEST_CASE("story-without-control-characters", "[step07]") {
    Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    ask(port, "GET /a%0aservice1:%20forged%1b[31m HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ask(port, "\x1b[31mGET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ask(port, process_42);
    deployment[Part::service1].await_error("POST /process 200");
    const std::string story = deployment[Part::service1].err();
    INFO(story);
    CHECK(story.find("\nservice1: forged") == std::string::npos);
    CHECK(story.find('\x1b') == std::string::npos);
}

TEST_CASE("request-ids", "[step07]") {
    Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const auto id_for = [&](const std::string& header) {
        const Answer answer = ask(port, request("POST /process", R"({"input":42})",
                                                "Content-Type: application/json\r\n" + header));
        CHECK(answer.status == 200);
        return answer.header("X-Request-ID");
    };
    CHECK(id_for("X-Request-ID: mine-1\r\n") == "mine-1");
    CHECK(deployment[Part::service1].await_error("request mine-1: POST /process 200") != "");
    CHECK(id_for("") != id_for(""));
}

TEST_CASE("request-id-on-both-sides", "[step07]") {
    Deployment deployment;
    Program app = deployment.start_app({.arguments = {"42"}});
    const std::string id = app.await_error("request (\\S+): POST .*/process 200");
    CHECK(app.wait() == 0);
    deployment[Part::service1].await_error("request " + id + ": POST /process 200");
    deployment[Part::service2].await_error("request " + id + ": POST /analyze 200");
}

TEST_CASE("64-clients-at-once", "[step07]") {
    const Deployment deployment;
    const Batch batch = make_batch(640);
    Program app =
        deployment.start_app({.arguments = {"-q", "--jobs", "40", "-"}, .input = batch.input});
    std::vector<Descriptor> connections;
    connections.reserve(24);
    for (int i = 0; i < 24; ++i) {
        connections.push_back(tcp::connect_to(deployment.port(Part::service1)));
    }
    for (int round = 0; round < 3; ++round) {
        for (const Descriptor& connection : connections) {
            tcp::send_all(connection, process_42);
        }
        for (const Descriptor& connection : connections) {
            CHECK(read_answer(connection).body == answer_84);
        }
    }
    check_complete(app, batch);
}

TEST_CASE("idle-connections-make-room", "[step07]") {
    const Deployment deployment;
    std::vector<Descriptor> idle;
    idle.reserve(64);
    for (int i = 0; i < 64; ++i) {
        idle.push_back(tcp::connect_to(deployment.port(Part::service1)));
    }
    const Batch batch = make_batch(20);
    const TimeLimit limit(3s);
    Program app = deployment.start_app({.arguments = {"-q", "-"}, .input = batch.input});
    check_complete(app, batch);
}

TEST_CASE("service-ends-with-a-request-in-hand", "[step07]") {
    for (const int signal : {SIGTERM, SIGINT}) {
        Deployment deployment(no_parts);
        deployment.start(Part::service1, {.arguments = {"--delay", "300"}});
        const int port = deployment.port(Part::service1);
        const Descriptor idle = tcp::connect_to(port);
        const Descriptor busy = tcp::connect_to(port);
        const Descriptor kept = tcp::connect_to(port);  // its second request
        tcp::send_all(kept, process_42);
        CHECK(read_answer(kept).body == answer_84);
        tcp::send_all(busy, process_42);
        tcp::send_all(kept, process_42);
        pause(100ms);
        const TimeLimit limit(2s);
        deployment.end(Part::service1, signal);
        CHECK(read_answer(busy).body == answer_84);
        CHECK(read_answer(kept).body == answer_84);
        CHECK_THROWS(tcp::connect_to(port));
    }
}
