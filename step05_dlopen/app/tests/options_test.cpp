#include "options.hpp"

#include <array>
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
    const std::array arguments{"--plugin-dir", "plugins", "8"};
    const Options options = parse_arguments(arguments);
    CHECK(options.plugin_dir == "plugins");
    CHECK(options.values.given == std::vector<std::int32_t>{8});
}

TEST_CASE("options: wrong arguments are refused") {
    for (const char* wrong : {"x", "1.5", "--verbose", "-x", "99999999999", "-"}) {
        const std::array arguments{"1", wrong};
        CHECK_THROWS_AS(parse_arguments(arguments), std::invalid_argument);
    }
}
