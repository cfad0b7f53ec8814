// Step07: requests that are not quite HTTP, or not for this service.

#include <chrono>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "faults.hpp"
#include "http.hpp"
#include "tcp.hpp"

namespace {

using namespace std::chrono_literals;
using namespace http;

const std::vector<Part> only_service1{Part::service1};
const std::string json = "Content-Type: application/json\r\n";
const std::string body_42 = R"({"input":42})";  // 12 bytes
const std::string chunked_42 = "c\r\n" + body_42 + "\r\n0\r\n";
const std::string last_request =
    "GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";  // 404

// A request with exactly these headers.
std::string raw(const std::string& line, const std::string& headers, const std::string& body) {
    return line + " HTTP/1.1\r\n" + headers + "\r\n" + body;
}

std::string post(const std::string& headers, const std::string& body) {
    return raw("POST /process", "Host: localhost\r\n" + json + headers, body);
}

// All that comes until the service ends the connection.
std::string ask_all(int port, const std::string& text) {
    const Descriptor connection = tcp::connect_to(port);
    tcp::send_all(connection, text);
    std::string answers;
    const TimeLimit limit(2s);
    while (tcp::receive_some(connection, answers)) {
    }
    return answers;
}

int count(const std::string& text, const std::string& part) {
    int found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

// It is refused, and nothing that follows on the connection is taken for a request.
void check_refused(int port, const std::string& request, int status) {
    INFO(request.substr(0, 200));
    const std::string answers = ask_all(port, request + process_42);
    INFO(answers);
    CHECK(answers.starts_with("HTTP/1.1 " + std::to_string(status) + ' '));
    CHECK(count(answers, "HTTP/1.1 ") == 1);
    CHECK(answers.find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(answers.find("Internal Server Error") == std::string::npos);
}

}  // namespace

TEST_CASE("body-of-a-get", "[step07]") {
    const Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const std::string length = "Content-Length: " + std::to_string(process_42.size()) + "\r\n";
    for (const std::string method : {"GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"}) {
        for (const std::string path : {"/health", "/process", "/nowhere"}) {
            INFO(method << ' ' << path);
            const std::string line = method + ' ' + path;
            const std::string answers =
                ask_all(port, raw(line, "Host: localhost\r\n" + length, process_42)) +
                ask_all(port,
                        raw(line, "Host: localhost\r\nTransfer-Encoding: chunked\r\n", process_42));
            CHECK(count(answers, "HTTP/1.1 ") == 2);
            CHECK(answers.find(answer_84) == std::string::npos);
            CHECK(count(answers, "\r\nConnection: close\r\n") == 2);
        }
    }
}

TEST_CASE("malformed-framing", "[step07]") {
    const Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const std::string length = "Content-Length: 12\r\n";
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    const std::string host = "Host: localhost\r\n";
    for (const std::string wrong :
         {"12junk", "+12", "-1", "12, 13", "0x0c", "1 2", "junk", "99999999999999999999999"}) {
        check_refused(port, post("Content-Length: " + wrong + "\r\n", body_42), 400);
    }
    check_refused(port, post(length + "Content-Length: 13\r\n", body_42), 400);
    check_refused(port, post(length + chunked, chunked_42 + "\r\n"), 400);
    check_refused(port, post("Content-Length : 12\r\n", body_42), 400);
    check_refused(port, post(" " + length, body_42), 400);  // goes on with the line before it
    check_refused(port, post("Transfer-Encoding: gzip\r\n", chunked_42 + "\r\n"), 400);
    check_refused(port, post(chunked + chunked, chunked_42 + "\r\n"), 400);
    for (const std::string& chunks :
         {"+c\r\n" + body_42 + "\r\n0\r\n\r\n", "0xc\r\n" + body_42 + "\r\n0\r\n\r\n",
          "cjunk\r\n" + body_42 + "\r\n0\r\n\r\n", "c\r\n" + body_42 + "0\r\n\r\n",
          "-1\r\n" + body_42 + "\r\n0\r\n\r\n", "fffffffffffffffff\r\n" + body_42,
          "\r\n" + body_42 + "\r\n0\r\n\r\n"}) {
        const std::string answers = ask_all(port, post(chunked, chunks));
        INFO(chunks << answers);
        CHECK((answers.starts_with("HTTP/1.1 400 ") || answers.starts_with("HTTP/1.1 413 ")));
        CHECK(count(answers, "HTTP/1.1 ") == 1);
    }
    check_refused(port, raw("POST /process", json + length, body_42), 400);  // no host
    check_refused(port, raw("POST /process", host + host + json + length, body_42), 400);
    check_refused(port, raw("POST /process", "Host: a b\r\n" + json + length, body_42), 400);
}

TEST_CASE("unusual-framing", "[step07]") {
    const Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    const std::string address = "http://localhost:" + std::to_string(port);
    for (const std::string& unusual : {
             post(chunked, chunked_42 + "\r\n"),
             post(chunked, chunked_42 + "Checksum: 7\r\nSecond: trailer\r\n\r\n"),
             post(chunked, "00C;name=value\r\n" + body_42 + "\r\n000\r\n\r\n"),
             post("Transfer-Encoding: Chunked\r\n", chunked_42 + "\r\n"),
             post("CONTENT-LENGTH: 0012\r\n", body_42),
             post("Content-Length: 12\r\nContent-Length: 12\r\n", body_42),
             post("Content-Length: 12\r\nEmpty:\r\n", body_42),
             raw("POST " + address + "/process",
                 "Host: localhost\r\n" + json + "Content-Length: 12\r\n", body_42),
             raw("POST /process?with=query",
                 "Host: localhost\r\n" + json + "Content-Length: 12\r\n", body_42),
             "POST /process HTTP/1.0\r\nConnection: Keep-Alive\r\n" + json +
                 "Content-Length: 12\r\n\r\n" + body_42,
         }) {
        INFO(unusual);
        const std::string answers = ask_all(port, unusual + last_request);
        INFO(answers);
        CHECK(answers.starts_with("HTTP/1.1 200 "));
        CHECK(answers.find(answer_84) != std::string::npos);
        CHECK(answers.find("HTTP/1.1 404 ") != std::string::npos);  // the connection goes on
    }
    for (const std::string close : {"close", "Close", "TE, close"}) {
        INFO(close);
        const std::string answers =
            ask_all(port, post("Connection: " + close + "\r\nContent-Length: 12\r\n", body_42));
        CHECK(answers.find(answer_84) != std::string::npos);
    }
}

TEST_CASE("media-types", "[step07]") {
    const Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const auto status_with = [&](const std::string& headers) {
        return ask(port, request("POST /process", body_42, headers)).status;
    };
    for (const std::string type : {"application/json", "Application/JSON",
                                   "application/json ;charset=utf-8", "application/json\t; a=b"}) {
        INFO(type);
        CHECK(status_with("Content-Type: " + type + "\r\n") == 200);
        CHECK(status_with("content-type:" + type + "\r\nContent-Encoding: identity\r\n") == 200);
    }
    for (const std::string type :
         {"application/jsonp", "application", "application/json, text/plain", "text/json", ";",
          "multipart/form-data", "multipart/form-data; boundary=x"}) {
        INFO(type);
        CHECK(status_with("Content-Type: " + type + "\r\n") == 415);
    }
    for (const std::string encoding : {"br", "gzip", "deflate", "zstd", "gzip, br"}) {
        INFO(encoding);
        CHECK(status_with(json + "Content-Encoding: " + encoding + "\r\n") == 415);
    }
    CHECK(status_with(json + json) == 415);
}

TEST_CASE("refusals-without-a-body", "[step07]") {
    const Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const std::string host = "Host: localhost\r\n";
    struct Expected {
        std::string line;
        int status;
        std::string title;
    };
    for (const Expected& expected : std::vector<Expected>{
             {"POST /process", 411, "Length Required"},
             {"POST /health", 405, "Method Not Allowed"},
             {"PUT /process", 405, "Method Not Allowed"},
             {"DELETE /process", 405, "Method Not Allowed"},
             {"TRACE /process", 405, "Method Not Allowed"},
             {"POST /nowhere", 404, "Not Found"},
             {"GET /" + std::string(9000, 'a'), 414, "URI Too Long"},
         }) {
        INFO(expected.line.substr(0, 50));
        const TimeLimit limit(1s);
        const Answer answer = ask(port, raw(expected.line, host, ""));
        CHECK(answer.status == expected.status);
        CHECK(answer.header("Content-Type") == "application/problem+json");
        CHECK(answer.body.find("\"title\":\"" + expected.title + '"') != std::string::npos);
        CHECK(answer.header("Allow").empty() == (expected.status != 405));
    }
    const Answer range = ask(port, raw("GET /health", host + "Range: junk\r\n", ""));
    CHECK((range.status == 200 || range.body.find("Range Not Satisfiable") != std::string::npos));
}

TEST_CASE("foreign-hosts-and-origins", "[step07]") {
    Deployment deployment(only_service1);
    const int port = deployment.port(Part::service1);
    const auto status_for = [&](const std::string& headers, const std::string& target = "/health") {
        return ask(port, raw("GET " + target, headers, "")).status;
    };
    for (const std::string host : {"localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "[::1]",
                                   "localhost:80", "127.0.0.1:3001", "[::1]:1"}) {
        INFO(host);
        CHECK(status_for("Host: " + host + "\r\n") == 200);
        CHECK(status_for("Host: " + host + "\r\nOrigin: http://" + host + "\r\n") == 403);
    }
    for (const std::string host :
         {"evil.example", "evil.example:3001", "127.0.0.1.evil.example", "127.evil", "10.0.0.1",
          "localhost.evil.example", "notlocalhost", "[::2]", "0.0.0.0"}) {
        INFO(host);
        CHECK(status_for("Host: " + host + "\r\n") == 421);
        CHECK(status_for("Host: localhost\r\n", "http://" + host + "/health") == 421);
    }
    CHECK(status_for("Host: evil.example\r\n", "http://localhost/health") ==
          200);  // RFC 9112 3.2.2
    CHECK(status_for("Host: localhost\r\nOrigin: null\r\n") == 403);

    deployment.end(Part::service1);
    deployment.start(Part::service1, {.arguments = {"--host", "one.example", "--host", "Two"}});
    for (const std::string host : {"one.example", "ONE.example:80", "two", "localhost"}) {
        INFO(host);
        CHECK(status_for("Host: " + host + "\r\n") == 200);
    }
    CHECK(status_for("Host: three\r\n") == 421);
}
