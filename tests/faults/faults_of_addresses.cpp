// Step07: addresses of services, as a user may write them.

#include <sys/socket.h>

#include <chrono>
#include <csignal>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "faults.hpp"
#include "http.hpp"
#include "tcp.hpp"

namespace {

using namespace std::chrono_literals;

const std::vector<std::string> bad_urls{"127.0.0.1:3001",
                                        "https://127.0.0.1:3001",
                                        "http://",
                                        "http:///",
                                        "http://:3001",
                                        "http://127.0.0.1:",
                                        "http://127.0.0.1:0",
                                        "http://127.0.0.1:-1",
                                        "http://127.0.0.1:+1",
                                        "http://127.0.0.1:99999999999999999999",
                                        "http://127.0.0.1:3001?x",
                                        "http://127.0.0.1:3001/?x",
                                        "http://127.0.0.1:3001#",
                                        "http://127.0.0.1:3001/#x",
                                        "http://127.0.0.1:3001 ",
                                        " http://127.0.0.1:3001",
                                        "http://127.0.0.1:3001/\t",
                                        "http://a b:3001",
                                        "http://[::1:3001",
                                        "http://[127.0.0.1]:3001",
                                        "http://[::1]3001",
                                        "http://[]:3001",
                                        "http://user:secret@127.0.0.1:3001",
                                        "http://127.0.0.1:3001\r\nX: y",
                                        "http://127.0.0.1:3001/a\r\nX: y"};

const std::vector<std::string> bad_listen_addresses{"3001",
                                                    "127.0.0.1",
                                                    ":3001",
                                                    "127.0.0.1:",
                                                    "127.0.0.1:-1",
                                                    "127.0.0.1:65536",
                                                    "127.0.0.1:99999999999999999999",
                                                    "127.0.0.1:3001/",
                                                    "127.0.0.1:3001 ",
                                                    " 127.0.0.1:3001",
                                                    "::1:3001",
                                                    "[::1]",
                                                    "[::1]3001",
                                                    "a b:3001",
                                                    "http://127.0.0.1:3001"};

// One line, at once, that names where the address came from.
void check_refuses(Program& program, const std::string& name) {
    const TimeLimit limit(1s);
    CHECK(program.wait() == 2);
    INFO(program.err());
    CHECK(program.out().empty());
    CHECK(program.err().find(name) != std::string::npos);
    CHECK(program.err().find('\n') == program.err().size() - 1);
    CHECK(program.err().find("secret") == std::string::npos);
}

// The first line of what the app asks of a service that has this URL.
std::string first_line_for(const std::string& url_after_host) {
    const Deployment deployment(no_parts);
    const int port = deployment.port(Part::service1);
    const Descriptor listener = tcp::listen_on(port);
    Program app = deployment.start_app(
        {.arguments = {"-q", "--deadline", "2000", "--service1",
                       "http://127.0.0.1:" + std::to_string(port) + url_after_host}});
    const Descriptor connection(accept(listener.get(), nullptr, nullptr));
    std::string text;
    while (text.find("\r\n") == std::string::npos && tcp::receive_some(connection, text)) {
    }
    app.send(SIGTERM);
    app.wait();
    return text.substr(0, text.find("\r\n"));
}

}  // namespace

TEST_CASE("bad-addresses", "[step07]") {
    const Deployment deployment(no_parts);
    for (const std::string& url : bad_urls) {
        INFO("URL: [" << url << "]");
        Program by_option = deployment.start_app({.arguments = {"-q", "--service2", url, "42"}});
        check_refuses(by_option, "--service2");
        Program by_variable = deployment.start_app(
            {.arguments = {"-q", "42"}, .environment = {{"SERVICE1_URL", url}}});
        check_refuses(by_variable, "SERVICE1_URL");
    }
    for (const std::string& address : bad_listen_addresses) {
        INFO("address: [" << address << "]");
        Program by_option = deployment.launch(Part::service1, {.arguments = {"--listen", address}});
        check_refuses(by_option, "--listen");
    }
}

TEST_CASE("path-prefix", "[step07]") {
    CHECK(first_line_for("") == "GET /health HTTP/1.1");
    CHECK(first_line_for("/") == "GET /health HTTP/1.1");
    CHECK(first_line_for("/api/s1") == "GET /api/s1/health HTTP/1.1");
    CHECK(first_line_for("/api/s1/") == "GET /api/s1/health HTTP/1.1");
}
