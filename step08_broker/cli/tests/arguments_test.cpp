#include "arguments.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "catch2.hpp"

TEST_CASE("arguments: options with a value") {
    const std::array given{"--dir", "here", "--number", "8", "--time", "20", "last"};
    Arguments arguments(given);
    REQUIRE(arguments.next());
    CHECK(arguments.is("--dir"));
    CHECK(arguments.text() == "here");
    REQUIRE(arguments.next());
    CHECK(arguments.number(1, 8) == 8);
    REQUIRE(arguments.next());
    CHECK(arguments.milliseconds() == std::chrono::milliseconds(20));
    REQUIRE(arguments.next());
    CHECK(arguments.current() == "last");
    CHECK_FALSE(arguments.next());
}

TEST_CASE("arguments: values that are missing or wrong") {
    for (const char* wrong : {"", "x", "0", "9", "1.5", "99999999999"}) {
        const std::array given{"--number", wrong};
        Arguments arguments(given);
        REQUIRE(arguments.next());
        CHECK_THROWS_AS(arguments.number(1, 8), std::invalid_argument);
    }
    const std::array given{"--dir"};
    Arguments missing(given);
    REQUIRE(missing.next());
    CHECK_THROWS_AS(missing.text(), std::invalid_argument);
}

TEST_CASE("arguments: a setting comes from its option, the environment or the default") {
    setenv("TEST_SETTING", "environment", 1);
    CHECK(setting("option", "TEST_SETTING", "default") == "option");
    CHECK(setting("", "TEST_SETTING", "default") == "environment");
    setenv("TEST_SETTING", "", 1);
    CHECK(setting("", "TEST_SETTING", "default") == "default");
    unsetenv("TEST_SETTING");
    CHECK(setting("", "TEST_SETTING", "default") == "default");
}
