#include "component1/component1.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>

#include "catch2.hpp"
#include "doubled.hpp"

TEST_CASE("component1: doubled knows the ends of 32 bits") {
    CHECK(doubled(1073741823) == 2147483646);
    CHECK(doubled(1073741824) == std::nullopt);
    CHECK(doubled(-1073741824) == std::numeric_limits<std::int32_t>::min());
    CHECK(doubled(-1073741825) == std::nullopt);
}

TEST_CASE("component1: process doubles") {
    const ProcessResult result = Component1().process(42);
    CHECK(result.value == 84);
    CHECK(result.processed);
}

TEST_CASE("component1: process rejects what does not fit") {
    CHECK_THROWS_AS(Component1().process(1073741824), std::domain_error);
}

TEST_CASE("component1: validate wants processed and positive") {
    CHECK(Component1().validate({84, true}));
    CHECK_FALSE(Component1().validate({84, false}));
    CHECK_FALSE(Component1().validate({0, true}));
    CHECK_FALSE(Component1().validate({-14, true}));
}
