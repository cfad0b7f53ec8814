#include "values.hpp"

#include <cstdint>
#include <optional>
#include <sstream>
#include <string>

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

TEST_CASE("values: from a stream, bad lines reported and skipped") {
    std::stringbuf in("1\n\n  2\t\r\nx\n" + std::string(1000, '9') + "\n3");
    std::string complaints;
    ValueSource values({{}, true}, in, [&](const std::string& line) { complaints += line; });
    CHECK(values.next() == 1);
    CHECK(values.next() == 2);
    CHECK_FALSE(values.saw_bad_line());
    CHECK(values.next() == 3);
    CHECK(values.next() == std::nullopt);
    CHECK(values.saw_bad_line());
    CHECK(complaints.find("line 4: 'x' is not") != std::string::npos);
    CHECK(complaints.find("line 5: '99999") != std::string::npos);
}

// The one value of a line, if it is one.
std::optional<std::int32_t> value_of(const std::string& line) {
    std::stringbuf in(line);
    return ValueSource({{}, true}, in, [](const std::string&) {}).next();
}

TEST_CASE("values: a line is judged the same at every length") {
    for (const int length : {0, 1, 30, 47, 48, 49, 63, 64, 65, 255, 256, 1000, 100000}) {
        const auto size = static_cast<std::size_t>(length);
        const std::string blanks(size, ' ');
        const std::string zeros(size, '0');
        CHECK(value_of(blanks + "42" + blanks) == 42);
        CHECK(value_of(zeros + "42") == 42);
        CHECK(value_of("-" + zeros + "2147483648\n") == -2147483648);
        CHECK(value_of(zeros + "2147483648") == std::nullopt);
        CHECK(value_of(zeros + "42" + blanks + "1") ==
              (length == 0 ? std::optional(421) : std::nullopt));
        CHECK(value_of(zeros + "42x") == std::nullopt);
        CHECK(value_of(blanks) == std::nullopt);
    }
}
