#include "options.hpp"

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "catch2.hpp"

TEST_CASE("options: values and switches, and nothing else") {
    CHECK(parse_arguments({}).values == std::vector<std::int32_t>{42});
    const Options options = parse_arguments({"-q", "-7", "8"});
    CHECK(options.quiet);
    CHECK(options.values == std::vector<std::int32_t>{-7, 8});
    CHECK(parse_arguments({"--help"}).help);
    CHECK(parse_arguments({"--version"}).version);
    CHECK(parse_arguments({"-"}).from_stdin);
    for (const char* wrong : {"x", "1.5", "--verbose", "-x", "99999999999", "-"}) {
        CHECK_THROWS_AS(parse_arguments({"1", wrong}), std::invalid_argument);
    }
}
