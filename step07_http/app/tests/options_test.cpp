#include "options.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "catch2.hpp"

TEST_CASE("options: values and switches") {
    CHECK(parse_arguments({}).values.given == std::vector<std::int32_t>{42});
    const std::array arguments{"-q", "-7", "8"};
    const Options options = parse_arguments(arguments);
    CHECK(options.quiet);
    CHECK(options.values.given == std::vector<std::int32_t>{-7, 8});
}

TEST_CASE("options: with a value") {
    const std::array arguments{"--service1", "http://[::1]:1", "--timeout", "100", "--jobs", "16",
                               "8"};
    const Options options = parse_arguments(arguments);
    CHECK(options.service1 == "http://[::1]:1");
    CHECK(options.timeout == std::chrono::milliseconds(100));
    CHECK(options.jobs == 16);
    CHECK(options.values.given == std::vector<std::int32_t>{8});
    CHECK_THROWS_AS(parse_arguments(std::array{"--timeout", "0"}), std::invalid_argument);
    CHECK_THROWS_AS(parse_arguments(std::array{"--jobs", "x"}), std::invalid_argument);
}

TEST_CASE("options: wrong arguments are refused") {
    for (const char* wrong : {"x", "1.5", "--verbose", "-x", "99999999999", "-"}) {
        const std::array arguments{"1", wrong};
        CHECK_THROWS_AS(parse_arguments(arguments), std::invalid_argument);
    }
}
