#include "component2.hpp"

#include <stdexcept>

#include "catch2.hpp"

TEST_CASE("component2: transform pads to four digits") {
    CHECK(Component2().transform(84).original == 84);
    CHECK(Component2().transform(84).transformed == "Value-0084");
    CHECK(Component2().transform(-14).transformed == "Value--014");
    CHECK(Component2().transform(9999).transformed == "Value-9999");
    CHECK(Component2().transform(-9999).transformed == "Value--9999");
}

TEST_CASE("component2: transform rejects five digits") {
    CHECK_THROWS_AS(Component2().transform(10000), std::domain_error);
    CHECK_THROWS_AS(Component2().transform(-10000), std::domain_error);
}

TEST_CASE("component2: analyze tells what was mapped to what") {
    CHECK(Component2().analyze({84, "Value-0084"}) == "Analysis: 84 maps to Value-0084");
}
