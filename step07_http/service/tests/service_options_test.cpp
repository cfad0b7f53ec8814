#include "service/service_options.hpp"

#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "catch2.hpp"

namespace {

ServiceOptions parse(std::vector<std::string> arguments) {
    return parse_service_arguments({"service1", "1.2.3", {}}, "", std::move(arguments));
}

}  // namespace

TEST_CASE("service_options: what a service is told") {
    unsetenv("SERVICE_DELAY");
    CHECK(parse({}).delay.count() == 0);
    CHECK_FALSE(parse({}).quiet);
    CHECK_FALSE(parse({}).told);
    CHECK(parse({"-q"}).quiet);
    CHECK(parse({"--delay", "20"}).delay == std::chrono::milliseconds(20));
    CHECK(parse({"--help"}).told);
    CHECK(parse({"--version"}).told);
    for (const char* wrong : {"42", "--bogus", "--delay"}) {
        CHECK_THROWS_AS(parse({wrong}), std::invalid_argument);
    }
    setenv("SERVICE_DELAY", "30", 1);
    CHECK(parse({}).delay == std::chrono::milliseconds(30));
    CHECK(parse({"--delay", "20"}).delay == std::chrono::milliseconds(20));
}
