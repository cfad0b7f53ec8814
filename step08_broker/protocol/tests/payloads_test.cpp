#include "protocol/payloads.hpp"

#include <limits>
#include <string>

#include "catch2.hpp"

using namespace protocol;

TEST_CASE("payloads: what is written can be read") {
    const auto least = std::numeric_limits<std::int32_t>::min();
    CHECK(Json(Input{least}).dump() == R"({"input":-2147483648})");
    CHECK(Json(Input{least}).get<Input>().input == least);
    const auto processed = Json(ProcessResult{-4, true}).get<ProcessResult>();
    CHECK(processed.value == -4);
    CHECK(processed.processed);
    const auto result = Json(TransformResult{84, "\"\n"}).get<TransformResult>();
    CHECK(result.original == 84);
    CHECK(result.transformed == "\"\n");
}

TEST_CASE("payloads: every member is checked, others are ignored") {
    CHECK(Json::parse(R"({"input":1,"unit":"m"})").get<Input>().input == 1);
    CHECK_THROWS_AS(Json::parse("{}").get<Input>(), Json::exception);
    CHECK_THROWS_AS(Json::parse("[1]").get<Input>(), Json::exception);
    CHECK_THROWS_AS(Json::parse(R"({"valid":1})").get<Valid>(), Json::exception);
    CHECK_THROWS_AS(Json::parse(R"({"analysis":1})").get<Analysis>(), Json::exception);
    for (const std::string number :
         {"2147483648", "-2147483649", "2.5", "2.0", "1e3", "true", "\"1\"", "null",
          "18446744073709551615", "99999999999999999999"}) {
        INFO(number);
        CHECK_THROWS_AS(Json::parse("{\"input\":" + number + "}").get<Input>(), MalformedMessage);
    }
}
