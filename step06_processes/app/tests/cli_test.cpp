#include "cli.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch2.hpp"

TEST_CASE("cli: parse_value takes decimal integers of 32 bits only") {
    CHECK(parse_value("42") == 42);
    CHECK(parse_value("+7") == 7);
    CHECK(parse_value("-007") == -7);
    CHECK(parse_value("2147483647") == 2147483647);
    for (const char* wrong : {"", "-", "+", "+-1", "4 2", "1e3", "0x10", "2147483648"}) {
        CHECK(parse_value(wrong) == std::nullopt);
    }
}

TEST_CASE("cli: arguments") {
    CHECK(parse_arguments({}).values == std::vector<std::int32_t>{42});
    const std::array arguments{"-q", "-7", "8"};
    const Options options = parse_arguments(arguments);
    CHECK(options.quiet);
    CHECK(options.values == std::vector<std::int32_t>{-7, 8});
}

TEST_CASE("cli: options with a value") {
    const std::array arguments{"--service-dir", "services", "--timeout", "100",
                               "--restarts",    "0",        "8"};
    const Options options = parse_arguments(arguments);
    CHECK(options.service_dir == "services");
    CHECK(options.timeout == std::chrono::milliseconds(100));
    CHECK(options.restarts == 0);
    CHECK(options.values == std::vector<std::int32_t>{8});
    CHECK_THROWS_AS(parse_arguments(std::array{"--service-dir"}), std::invalid_argument);
    CHECK_THROWS_AS(parse_arguments(std::array{"--service-dir", ""}), std::invalid_argument);
    CHECK_THROWS_AS(parse_arguments(std::array{"--timeout", "0"}), std::invalid_argument);
    CHECK_THROWS_AS(parse_arguments(std::array{"--restarts", "x"}), std::invalid_argument);
}

TEST_CASE("cli: a setting comes from its option, the environment or the default") {
    setenv("TEST_SETTING", "environment", 1);
    CHECK(setting("option", "TEST_SETTING", "default") == "option");
    CHECK(setting("", "TEST_SETTING", "default") == "environment");
    setenv("TEST_SETTING", "", 1);
    CHECK(setting("", "TEST_SETTING", "default") == "default");
    unsetenv("TEST_SETTING");
    CHECK(setting("", "TEST_SETTING", "default") == "default");
}

TEST_CASE("cli: wrong arguments are refused") {
    for (const char* wrong : {"x", "1.5", "--verbose", "-x", "99999999999"}) {
        const std::array arguments{"1", wrong};
        CHECK_THROWS_AS(parse_arguments(arguments), std::invalid_argument);
    }
}

TEST_CASE("cli: values from a stream, bad lines reported and skipped") {
    Options options;
    options.from_stdin = true;
    std::istringstream in("1\n\n  2\t\r\nx\n" + std::string(1000, '9') + "\n3");
    std::ostringstream errors;
    ValueSource values(options, in, errors);
    CHECK(values.next() == 1);
    CHECK(values.next() == 2);
    CHECK_FALSE(values.saw_bad_line());
    CHECK(values.next() == 3);
    CHECK(values.next() == std::nullopt);
    CHECK(values.saw_bad_line());
    CHECK(errors.str().find("line 4: 'x' is not") != std::string::npos);
    CHECK(errors.str().find("line 5: ") != std::string::npos);
}
