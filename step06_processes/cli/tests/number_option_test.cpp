#include "number_option.hpp"

#include <stdexcept>

#include "catch2.hpp"

TEST_CASE("number_option: a number is in its range, or refused") {
    std::vector<std::string> arguments{"--restarts", "3"};
    CHECK(take_number(arguments, "--restarts", "1", 0, 10) == 3);
    arguments = {"--restarts", "11"};
    CHECK_THROWS_AS(take_number(arguments, "--restarts", "1", 0, 10), std::invalid_argument);
    CHECK(take_number(arguments, "--restarts", "1", 0, 10) == 1);
    for (const char* wrong : {"-1", "soon", "1.5"}) {  // from the environment, perhaps
        CHECK_THROWS_AS(take_number(arguments, "--restarts", wrong, 0, 10), std::invalid_argument);
    }
}
