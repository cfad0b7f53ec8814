#include "host_port.hpp"

#include <stdexcept>
#include <string>

#include "catch2.hpp"

TEST_CASE("host and port: right ones") {
    CHECK(parse_host_port("127.0.0.1:3001", 0).host == "127.0.0.1");
    CHECK(parse_host_port("127.0.0.1:3001", 0).port == 3001);
    CHECK(parse_host_port("a-b_c.example", 80).shown() == "a-b_c.example:80");
    CHECK(parse_host_port("[::1]", 80).host == "::1");
    CHECK(parse_host_port("[::1]:65535", 0).shown() == "[::1]:65535");
    CHECK(parse_host_port("h:0", 1, 0).port == 0);
}

TEST_CASE("host and port: wrong ones are refused") {
    for (const char* wrong : {"", ":1", "a b:1", "::1", "[::1:1", "[h]:1", "[]:1", "[::1]x:1",
                              "h/:1", "u@h:1", "h:", "h:0", "h:-1", "h:+1", "h:1x", "h:1:2", "h: 1",
                              "h:65536", "h:99999999999999999999"}) {
        INFO(wrong);
        CHECK_THROWS_AS(parse_host_port(wrong, 80), std::invalid_argument);
    }
    CHECK_THROWS_AS(parse_host_port("h", 0), std::invalid_argument);
}
