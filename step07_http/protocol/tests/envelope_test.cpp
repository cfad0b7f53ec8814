#include "protocol/envelope.hpp"

#include <stdexcept>
#include <string>

#include "catch2.hpp"

using namespace protocol;

namespace {

Json doubled(const Json& params) {
    const std::int32_t input = params.get<Input>().input;
    if (input == 5000) {
        throw std::domain_error("why");
    }
    if (input == 6000) {
        throw std::runtime_error("out of \xff order");
    }
    return ProcessResult{2 * input, true};
}

}  // namespace

TEST_CASE("envelope: answers are as the header shows them") {
    CHECK(answer(R"({"input":42})", doubled).body == R"({"processed":true,"value":84})");
    CHECK(answer(R"({"input":5000})", doubled).body == R"({"detail":"why","status":422})");
}

TEST_CASE("envelope: a result and a refusal survive the journey") {
    CHECK(decode_answer(answer(R"({"input":42})", doubled)).get<ProcessResult>().value == 84);
    CHECK_THROWS_AS(decode_answer(answer(R"({"input":5000})", doubled)), std::domain_error);
}

TEST_CASE("envelope: what is wrong is a status") {
    CHECK(answer(R"({"input":6000})", doubled).status == 500);
    for (const char* wrong : {"", "nonsense", "{\"\xff\":1}", "{}", R"({"input":"42"})", "[]"}) {
        CHECK(answer(wrong, doubled).status == 400);
    }
}

TEST_CASE("envelope: an answer that is none is refused") {
    CHECK_THROWS_AS(decode_answer({200, "nonsense"}), Json::exception);
    CHECK_THROWS_AS(decode_answer({422, "{}"}), Json::exception);
}
