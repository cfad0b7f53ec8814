#include "protocol/envelope.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "catch2.hpp"

using namespace protocol;

namespace {

std::string doubled(const Json& payload) {
    if (read_input(payload) == 5000) {
        throw std::domain_error("two\nlines");
    }
    if (read_input(payload) == 6000) {
        throw std::runtime_error("out of order");
    }
    return write(ProcessResult{2 * read_input(payload), true});
}

std::string answer_to(const std::string& request) {
    return answer(request, doubled);
}

ProcessResult read_reply(const std::string& reply) {
    ProcessResult result{};
    decode_reply(reply, [&](const Json& object) { result = read_process_result(object); });
    return result;
}

}  // namespace

TEST_CASE("envelope: subjects and payloads are as the header shows them") {
    CHECK(subject("process") == "service.process");
    CHECK(write_input(42) == R"({"input":42})");
    CHECK(answer_to(write_input(42)) == R"({"result":{"value":84,"processed":true}})");
    CHECK(read_reply(answer_to(write_input(42))).value == 84);
}

TEST_CASE("envelope: what the handler throws becomes an error, and is thrown again") {
    const std::string refused = answer_to(write_input(5000));
    CHECK(refused == R"({"error":{"kind":"domain","message":"two\nlines"}})");
    CHECK_THROWS_AS(read_reply(refused), std::domain_error);
    const std::string failed = answer_to(write_input(6000));
    CHECK(failed == R"({"error":{"kind":"internal","message":"out of order"}})");
    CHECK_THROWS_AS(read_reply(failed), std::runtime_error);
    CHECK(encode_error({Error::Kind::busy, "\xff"}) ==
          "{\"error\":{\"kind\":\"busy\",\"message\":\"\xef\xbf\xbd\"}}");
    CHECK_THROWS_AS(read_reply(encode_error({Error::Kind::busy, ""})), std::runtime_error);
}

TEST_CASE("envelope: a request that is none is answered with the reason") {
    const auto malformed = [](const std::string& message) {
        return R"({"error":{"kind":"malformed","message":")" + message + "\"}}";
    };
    CHECK(answer_to("") == malformed("the message is not a JSON object"));
    CHECK(answer_to("nonsense") == malformed("the message is not a JSON object"));
    CHECK(answer_to("[1]") == malformed("the message is not a JSON object"));
    CHECK(answer_to("{}") == malformed("'input' is missing"));
}

TEST_CASE("envelope: a reply that is none is refused") {
    for (const char* reply :
         {"", "nonsense", "{}", R"({"result":{}})", R"({"result":{"value":84}})",
          R"({"result":84})", R"({"result":{"value":"84","processed":true}})", R"({"error":"bad"})",
          R"({"error":{"kind":"odd","message":""}})", R"({"error":{"kind":"domain"}})"}) {
        CHECK_THROWS_AS(read_reply(reply), MalformedMessage);
    }
}
