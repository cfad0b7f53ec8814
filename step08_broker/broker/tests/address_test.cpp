#include "broker/address.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "broker/options.hpp"
#include "catch2.hpp"

using broker::Login;
using broker::parse_address;

namespace {

std::string reason_to_refuse(const std::string& urls) {
    try {
        return "taken as " + parse_address(urls).shown();
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("address: a list of URLs") {
    CHECK(parse_address("nats://h:1").urls == std::vector<std::string>{"nats://h:1"});
    CHECK(parse_address("nats://h:1,h2,[::1]:3").shown() ==
          "nats://h:1,nats://h2:4222,nats://[::1]:3");
    CHECK(parse_address("nats://a-b.example:1/").shown() == "nats://a-b.example:1");
    CHECK(parse_address("Nats://H:65535").shown() == "nats://H:65535");
    CHECK_FALSE(parse_address("h").tls);
    CHECK(parse_address("h,TLS://h").tls);
    CHECK(parse_address("tls://h:1").host == "h");
    CHECK(parse_address("[::1]").host == "::1");
}

TEST_CASE("address: blanks around a URL are dropped") {
    CHECK(parse_address(" \tnats://h:1 ,\nh2\r\n").shown() == "nats://h:1,nats://h2:4222");
}

TEST_CASE("address: what is no list of URLs is refused, and named") {
    for (const char* urls : {"", " ", "\t", ",", ",a", "a,,b", "a, ,b", "nats://h:4222, "}) {
        CHECK(reason_to_refuse(urls) == "broker address '': there is no host in ''");
    }
    for (const char* url : {"nats://", "nats://:4222", "::1", "h:abc", "h:0", "h/path", "h:1/path",
                            "h:1//", "nats:/h", "http://h:1"}) {
        INFO(url);
        CHECK(reason_to_refuse("a," + std::string(url) + ",b")
                  .starts_with("broker address '" + std::string(url) + "': "));
    }
}

TEST_CASE("address: name and password, or a token, are split off") {
    const std::vector<std::pair<std::string, Login>> secrets{
        {"me:s3cret", {"me", "s3cret", ""}},
        {"me:s3@c:r/et", {"me", "s3@c:r/et", ""}},
        {"me:a%2Cb%40%zz%4", {"me", "a,b@%zz%4", ""}},
        {"me:", {"me", "", ""}},
        {"t0ken", {"", "", "t0ken"}},
        {"", {}}};
    for (const auto& [text, login] : secrets) {
        INFO(text);
        CHECK(parse_address("nats://" + text + "@h:1").login == login);
        CHECK(parse_address(text + "@h:1").login == login);
        CHECK(parse_address("nats://" + text + "@h:1,nats://h:2").login == login);
        CHECK(parse_address("nats://" + text + "@h:1").shown() == "nats://h:1");
    }
    CHECK(parse_address("a:b@h,a:b@h2").login == Login{"a", "b", ""});
}

TEST_CASE("address: no error shows a secret") {
    for (const std::string url : {"nats://me:s3cret@h:port", "me:s3://x@", "http://s3cret@h",
                                  "a:b@h,c:s3cret@h", "nats://me:s3cret@h@i/x", "s3cret@"}) {
        INFO(url);
        CHECK_THROWS_AS(parse_address(url), std::invalid_argument);
        CHECK(reason_to_refuse(url).find("s3") == std::string::npos);
    }
}

TEST_CASE("address: secrets are overwritten in arguments") {
    std::array<std::string, 3> arguments{"--nats", "nats://me:s3cret@h,me:s3cret@h2", "s3cret@h"};
    const std::array pointers{arguments[0].data(), arguments[1].data(), arguments[2].data()};
    broker::hide_secrets(pointers);
    CHECK(arguments[0] == "--nats");
    CHECK(arguments[1] == "nats://xxxxxxxxxxxxxxxxxxxxx@h2");
    CHECK(arguments[2] == "xxxxxx@h");
}

TEST_CASE("address: options") {
    const std::array given{"--nats", "nats://[::1]:1", "--tls-ca", "ca.pem", "8"};
    Arguments arguments(given);
    broker::Options options;
    while (arguments.next() && options.take(arguments)) {
    }
    CHECK(arguments.current() == "8");
    CHECK(options.address().shown() == "nats://[::1]:1");
    CHECK(options.address().ca_file == "ca.pem");
    CHECK(options.address().tls);

    const std::array no_option{"nats://me:s3cret@h"};
    Arguments forgotten(no_option);
    forgotten.next();
    CHECK_THROWS_AS(options.take(forgotten), std::invalid_argument);
}
