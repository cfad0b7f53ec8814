#include "arguments.hpp"

#include <cstdlib>
#include <stdexcept>

#include "catch2.hpp"

TEST_CASE("arguments: an option is taken with its value, and the rest stays") {
    std::vector<std::string> arguments{"1", "--plugin-dir", "here", "-q"};
    CHECK(take_option(arguments, "--plugin-dir") == "here");
    CHECK(arguments == std::vector<std::string>{"1", "-q"});
    CHECK(take_option(arguments, "--plugin-dir").empty());
}

TEST_CASE("arguments: of an option that is given twice the last counts") {
    std::vector<std::string> arguments{"--plugin-dir", "here", "-q", "--plugin-dir", "there"};
    CHECK(take_option(arguments, "--plugin-dir") == "there");
    CHECK(arguments == std::vector<std::string>{"-q"});
}

TEST_CASE("arguments: an option without its value is refused") {
    for (std::vector<std::string> arguments :
         {std::vector<std::string>{"--plugin-dir"}, std::vector<std::string>{"--plugin-dir", ""}}) {
        CHECK_THROWS_AS(take_option(arguments, "--plugin-dir"), std::invalid_argument);
    }
}

TEST_CASE("arguments: a setting comes from the option, else the environment, else the fallback") {
    setenv("STEP_TEST", "environment", 1);
    CHECK(setting("option", "STEP_TEST", "fallback") == "option");
    CHECK(setting("", "STEP_TEST", "fallback") == "environment");
    setenv("STEP_TEST", "", 1);
    CHECK(setting("", "STEP_TEST", "fallback") == "fallback");
}
