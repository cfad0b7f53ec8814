#include "protocol/envelope.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "catch2.hpp"

using namespace protocol;

namespace {

std::string doubled(const Json& payload) {
    switch (read_input(payload)) {
        case 5000:
            throw std::domain_error("why");
        case 6000:
            throw std::runtime_error("out of order");
        default:
            return write(ProcessResult{2 * read_input(payload), true});
    }
}

}  // namespace

TEST_CASE("envelope: bodies are as the header shows them") {
    const Answer result = answer(write_input(42), doubled);
    CHECK(result.status == 200);
    CHECK(result.content_type == "application/json");
    CHECK(result.body == R"({"value":84,"processed":true})");
    const Answer refusal = answer(write_input(5000), doubled);
    CHECK(refusal.status == 422);
    CHECK(refusal.content_type == "application/problem+json");
    CHECK(refusal.body ==
          R"({"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"why"})");
}

TEST_CASE("envelope: a result and a problem survive the journey") {
    int value = 0;
    decode_result(answer(write_input(42), doubled).body,
                  [&](const Json& json) { value = read_process_result(json).value; });
    CHECK(value == 84);
    CHECK(read_detail(answer(write_input(5000), doubled).body) == "why");
    CHECK(answer(write_input(6000), doubled).status == 500);
    CHECK(answer("nonsense", doubled).status == 400);
    CHECK(read_detail(answer("nonsense", doubled).body) == "the message is not a JSON object");
    CHECK(read_detail(answer("{}", doubled).body) == "'input' is missing");
    const Health health = read_health(parse(write(Health{"service1", "0.1.0"})));
    CHECK(health.name == "service1");
    CHECK(health.version == "0.1.0");
}

TEST_CASE("envelope: a body that is none is refused") {
    const auto read = [](const Json& json) { read_process_result(json); };
    for (const char* body :
         {"", "nonsense", "{}", R"({"value":84})", R"({"value":"84","processed":true})"}) {
        CHECK_THROWS_AS(decode_result(body, read), MalformedMessage);
    }
    CHECK_THROWS_AS(read_health(parse("{}")), MalformedMessage);
    CHECK_THROWS_AS(read_detail("{}"), MalformedMessage);
}
