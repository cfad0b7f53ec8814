#include "http/address.hpp"

#include <stdexcept>

#include "catch2.hpp"

using http::parse_listen;
using http::parse_url;

TEST_CASE("address: of a service") {
    CHECK(parse_url("http://127.0.0.1:3001").host == "127.0.0.1");
    CHECK(parse_url("http://127.0.0.1:3001").port == 3001);
    CHECK(parse_url("http://127.0.0.1:3001").prefix.empty());
    CHECK(parse_url("HTTP://host.example").shown() == "host.example:80");
    CHECK(parse_url("http://[::1]:1").host == "::1");
    CHECK(parse_url("http://[::1]:1").shown() == "[::1]:1");
}

TEST_CASE("address: a path is a prefix, and slashes at its end make no difference") {
    CHECK(parse_url("http://h:1/").prefix.empty());
    CHECK(parse_url("http://h:1/api/s1").prefix == "/api/s1");
    CHECK(parse_url("http://h:1/api/s1/").prefix == "/api/s1");
    CHECK(parse_url("http://h:1//").prefix.empty());
}

TEST_CASE("address: what is none is refused") {
    for (const char* wrong : {"",
                              "h:1",
                              "https://h:1",
                              "http://",
                              "http://:1",
                              "http:///p",
                              "http://h:1?x",
                              "http://h:1/?x",
                              "http://h:1#",
                              "http://h:1 ",
                              " http://h:1",
                              "http://h:99999",
                              "http://h:0",
                              "http://h:-1",
                              "http://h:+1",
                              "http://h:1x",
                              "http://h:",
                              "http://h:99999999999999999999",
                              "http://a b:1",
                              "http://[::1:1",
                              "http://[h]:1",
                              "http://[::1]x:1",
                              "http://u:p@h:1",
                              "http://h:1/a b"}) {
        INFO(wrong);
        CHECK_THROWS_AS(parse_url(wrong), std::invalid_argument);
    }
}

TEST_CASE("address: to listen at") {
    CHECK(parse_listen("127.0.0.1:0").port == 0);
    CHECK(parse_listen("[::1]:3001").host == "::1");
    CHECK(parse_listen("localhost:3001").host == "localhost");
    for (const char* wrong : {"", "h", ":1", "h:", "h:65536", "h:-1", "h:1:2", "::1:1", "h:1/"}) {
        INFO(wrong);
        CHECK_THROWS_AS(parse_listen(wrong), std::invalid_argument);
    }
}

TEST_CASE("address: of this machine, whatever a name server says") {
    for (const char* ours : {"localhost", "127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}) {
        INFO(ours);
        CHECK(http::is_loopback(ours));
    }
    for (const char* foreign :
         {"", "here", "127.evil.example", "127.0.0.1.evil.example", "1127.0.0.1",
          "localhost.example", "0.0.0.0", "::2", "::ffff:10.0.0.1"}) {
        INFO(foreign);
        CHECK(!http::is_loopback(foreign));
    }
    CHECK(http::parse_host("LocalHost:80") == "localhost");
}
