#include "protocol/envelope.hpp"

#include <stdexcept>
#include <string>

#include "catch2.hpp"

using namespace protocol;

namespace {

Json doubled(const std::string& operation, const Json& params) {
    if (operation != "process") {
        throw MalformedMessage("there is no such operation");
    }
    const std::int32_t input = params.get<Input>().input;
    if (input == 5000) {
        throw std::domain_error("two\nlines");
    }
    if (input == 6000) {
        throw std::runtime_error("out of order \xff");
    }
    return ProcessResult{2 * input, true};
}

std::string answer_to(const std::string& line) {
    return answer(line, doubled);
}

}  // namespace

TEST_CASE("envelope: a message is one line, as the header shows it") {
    const std::string request = encode_request(7, "process", Input{42});
    CHECK(request == R"({"id":7,"op":"process","params":{"input":42}})");
    CHECK(answer_to(request) == R"({"id":7,"result":{"processed":true,"value":84}})");
    CHECK(decode_reply(answer_to(request), 7).get<ProcessResult>().value == 84);
}

TEST_CASE("envelope: what the handler throws becomes an error, and is thrown again") {
    const std::string refused = answer_to(encode_request(7, "process", Input{5000}));
    CHECK(refused == R"({"error":{"kind":"domain","message":"two\nlines"},"id":7})");
    CHECK_THROWS_AS(decode_reply(refused, 7), std::domain_error);
    const std::string failed = answer_to(encode_request(7, "process", Input{6000}));
    CHECK(failed.find(R"("kind":"internal")") != std::string::npos);
    CHECK_THROWS_AS(decode_reply(failed, 7), std::runtime_error);
}

TEST_CASE("envelope: a request that is none is answered, with its id if it has one") {
    for (const std::string request :
         {R"({"id":9})", R"({"id":9,"op":1})", R"({"id":9,"op":"process"})",
          R"({"id":9,"op":"process","params":[1]})", R"({"id":9,"op":"process","params":{}})",
          R"({"id":9,"op":"process","params":{"input":42.5}})",
          R"({"id":9,"op":"fly","params":{}})"}) {
        const Json reply = Json::parse(answer_to(request));
        CHECK(reply.at("id") == 9);
        CHECK(reply.at("error").at("kind") == "malformed");
    }
    for (const std::string request : {"", "nonsense", "{}", "[]", "\xff"}) {
        CHECK(Json::parse(answer_to(request)).at("error").at("kind") == "malformed");
    }
}

TEST_CASE("envelope: a reply that is none is refused") {
    for (const std::string line : {"", "nonsense", "{}", R"({"id":7})", R"({"id":7,"error":"bad"})",
                                   R"({"id":7,"error":{"kind":"domain"}})"}) {
        CHECK_THROWS_AS(decode_reply(line, 7), Json::exception);
    }
    CHECK_THROWS_AS(decode_reply(R"({"id":8,"result":{}})", 7), MalformedMessage);
}
