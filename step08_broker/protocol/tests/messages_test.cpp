#include "protocol/messages.hpp"

#include <string>
#include <variant>

#include "catch2.hpp"

using namespace std::string_literals;
using protocol::Error;

namespace {

std::string reason_to_refuse(std::string_view operation, std::string_view body) {
    try {
        protocol::decode_request(operation, body);
        return "";
    } catch (const protocol::MalformedMessage& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("protocol: every request survives the journey") {
    using namespace protocol;
    const auto travel = [](const Request& request) {
        return decode_request(subject(request).substr(8), encode(request));
    };
    CHECK(std::get<ProcessRequest>(travel(ProcessRequest{-2147483647 - 1})).input ==
          -2147483647 - 1);
    CHECK(std::get<ValidateRequest>(travel(ValidateRequest{84, true})).value == 84);
    CHECK(std::get<ValidateRequest>(travel(ValidateRequest{84, true})).processed);
    CHECK(std::get<TransformRequest>(travel(TransformRequest{2147483647})).value == 2147483647);
    CHECK(std::get<AnalyzeRequest>(travel(AnalyzeRequest{84, "\"\n\\"})).transformed == "\"\n\\");
}

TEST_CASE("protocol: every reply survives the journey") {
    using namespace protocol;
    const auto travel = [](const Request& request, const Reply& reply) {
        return decode_reply(encode(reply), request);
    };
    CHECK(std::get<ProcessReply>(travel(ProcessRequest{}, ProcessReply{-4, true})).value == -4);
    CHECK(std::get<ProcessReply>(travel(ProcessRequest{}, ProcessReply{-4, true})).processed);
    CHECK(std::get<ValidateReply>(travel(ValidateRequest{}, ValidateReply{true})).valid);
    CHECK(std::get<TransformReply>(travel(TransformRequest{}, TransformReply{84, "x"})).original ==
          84);
    CHECK(std::get<AnalyzeReply>(travel(AnalyzeRequest{}, AnalyzeReply{"é"})).analysis == "é");
    for (const auto kind :
         {Error::Kind::domain, Error::Kind::malformed, Error::Kind::internal, Error::Kind::busy}) {
        CHECK(std::get<Error>(travel(ProcessRequest{}, Error{kind, "why"})).kind == kind);
        CHECK(std::get<Error>(travel(ProcessRequest{}, Error{kind, "why"})).message == "why");
    }
}

TEST_CASE("protocol: subjects and payloads are as the header shows them") {
    CHECK(protocol::subject(protocol::ProcessRequest{42}) == "service.process");
    CHECK(protocol::encode(protocol::Request(protocol::ProcessRequest{42})) == R"({"input":42})");
    CHECK(protocol::encode(protocol::Reply(protocol::ProcessReply{84, true})) ==
          R"({"result":{"value":84,"processed":true}})");
    CHECK(protocol::encode(protocol::Reply(Error{Error::Kind::domain, "why"})) ==
          R"({"error":{"kind":"domain","message":"why"}})");
}

TEST_CASE("protocol: what is not UTF-8 is replaced when written") {
    const protocol::Request request = protocol::AnalyzeRequest{84, "\xff"};
    const auto received = protocol::decode_request("analyze", protocol::encode(request));
    CHECK(std::get<protocol::AnalyzeRequest>(received).transformed == "\xef\xbf\xbd");
}

TEST_CASE("protocol: a request that is none is refused with the reason") {
    const auto reason = reason_to_refuse;
    CHECK(reason("process", "") == "the message is not a JSON object");
    CHECK(reason("process", "nonsense") == "the message is not a JSON object");
    CHECK(reason("process", "[1]") == "the message is not a JSON object");
    CHECK(reason("process", "{} {}") == "the message is not a JSON object");
    CHECK(reason("process", "{\"\xff\":1}") == "the message is not a JSON object");
    CHECK(reason("process", std::string(60000, '[')) == "the message is not a JSON object");
    CHECK(reason("process", std::string(protocol::max_message_size + 1, ' ')) ==
          "the message is longer than 65536 bytes");
    CHECK(reason("fly", "{}") == "there is no such operation");
    CHECK(reason("process", "{}") == "'input' is missing");
    CHECK(reason("validate", R"({"value":1,"processed":1})") == "'processed' is not true or false");
    CHECK(reason("analyze", R"({"original":1,"transformed":1})") ==
          "'transformed' is not a string");
    for (const char* number : {"2147483648", "-2147483649", "2.0", "1e3", "true", "\"1\"", "null",
                               "18446744073709551615", "99999999999999999999"}) {
        CHECK(reason("process", R"({"input":)"s + number + "}") ==
              "'input' is not a 32-bit integer");
    }
}

TEST_CASE("protocol: a reply that is none is refused") {
    using namespace protocol;
    for (const char* payload :
         {"", "nonsense", "{}", R"({"result":{}})", R"({"result":{"value":84}})",
          R"({"result":84})", R"({"result":{"value":"84","processed":true}})", R"({"error":"bad"})",
          R"({"error":{"kind":"odd","message":""}})", R"({"error":{"kind":"domain"}})"}) {
        CHECK_THROWS_AS(decode_reply(payload, ProcessRequest{42}), MalformedMessage);
    }
}
