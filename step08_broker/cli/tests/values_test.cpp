#include "values.hpp"

#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "catch2.hpp"

TEST_CASE("values: parse_value takes decimal integers of 32 bits only") {
    CHECK(parse_value("42") == 42);
    CHECK(parse_value("+7") == 7);
    CHECK(parse_value("-007") == -7);
    CHECK(parse_value("2147483647") == 2147483647);
    for (const char* wrong : {"", "-", "+", "+-1", "4 2", "1e3", "0x10", "2147483648"}) {
        CHECK(parse_value(wrong) == std::nullopt);
    }
}

TEST_CASE("values: an error message shows no more than fits, and only what can be printed") {
    CHECK(quote("4\x1b[31m") == "'4?[31m'");
    CHECK(quote(std::string(1000, '9')) == "'" + std::string(40, '9') + "...'");
}

TEST_CASE("values: one a line, blank lines and bad ones are skipped") {
    std::istringstream lines("1\n\n  2\t\r\nx\n2 2\n3");
    std::vector<std::int32_t> values;
    CHECK_FALSE(read_values(lines, [&](std::int32_t value) { values.push_back(value); }));
    CHECK(values == std::vector<std::int32_t>{1, 2, 3});
}
