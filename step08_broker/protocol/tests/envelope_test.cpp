#include "protocol/envelope.hpp"

#include <stdexcept>
#include <string>

#include "catch2.hpp"

using namespace protocol;

namespace {

Json doubled(const Json& params) {
    const std::int32_t input = params.get<Input>().input;
    if (input == 5000) {
        throw std::domain_error("two\nlines");
    }
    if (input == 6000) {
        throw std::runtime_error("out of order");
    }
    return ProcessResult{2 * input, true};
}

std::string answer_to(const std::string& request) {
    return answer(request, doubled);
}

}  // namespace

TEST_CASE("envelope: subjects and messages are as the header shows them") {
    CHECK(subject("process") == "service.process");
    CHECK(answer_to(R"({"input":42})") == R"({"result":{"processed":true,"value":84}})");
    CHECK(decode_reply(answer_to(R"({"input":42})")).get<ProcessResult>().value == 84);
}

TEST_CASE("envelope: what the handler throws becomes an error, and is thrown again") {
    const std::string refused = answer_to(R"({"input":5000})");
    CHECK(refused == R"({"error":{"kind":"domain","message":"two\nlines"}})");
    CHECK_THROWS_AS(decode_reply(refused), std::domain_error);
    const std::string failed = answer_to(R"({"input":6000})");
    CHECK(failed == R"({"error":{"kind":"internal","message":"out of order"}})");
    CHECK_THROWS_AS(decode_reply(failed), std::runtime_error);
    const auto no_utf8 = [](const Json&) -> Json { throw std::domain_error("\xff"); };
    CHECK(answer("{}", no_utf8) ==
          "{\"error\":{\"kind\":\"domain\",\"message\":\"\xef\xbf\xbd\"}}");
}

TEST_CASE("envelope: a request that is none is answered with the reason") {
    for (const char* request : {"", "nonsense", "[1]", "{}", R"({"input":42.5})"}) {
        INFO(request);
        CHECK(answer_to(request).starts_with(R"({"error":{"kind":"malformed","message":")"));
    }
}

TEST_CASE("envelope: a reply that is none is refused") {
    for (const char* reply : {"", "nonsense", "[]", "{}", R"({"error":"bad"})",
                              R"({"error":{"kind":"domain"}})", R"({"error":{"message":""}})"}) {
        INFO(reply);
        CHECK_THROWS_AS(decode_reply(reply), Json::exception);
    }
    CHECK_THROWS_AS(decode_reply(R"({"result":{"value":84}})").get<ProcessResult>(),
                    Json::exception);
    CHECK_THROWS_AS(
        decode_reply(R"({"result":{"value":84.5,"processed":true}})").get<ProcessResult>(),
        MalformedMessage);
}
