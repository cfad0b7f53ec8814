#include "protocol/deadline.hpp"

#include "catch2.hpp"

using namespace std::chrono_literals;
using protocol::deadline_in;
using protocol::is_late;

TEST_CASE("A deadline is late once it has passed") {
    CHECK_FALSE(is_late(deadline_in(1min)));
    CHECK(is_late(deadline_in(-1min)));
    CHECK(is_late("1"));
    CHECK(is_late("-1"));
}

TEST_CASE("What is no time is no deadline") {
    for (const char* text : {"", "soon", "99999999999999999999", "9223372036854775807"}) {
        CHECK_FALSE(is_late(text));
    }
}
