#include "protocol/messages.hpp"

#include <string>
#include <variant>

#include "catch2.hpp"

using namespace std::string_literals;
using protocol::Error;

namespace {

std::string reason_to_refuse_request(std::string_view line) {
    const auto received = protocol::decode_request(line);
    const auto* error = std::get_if<Error>(&received.content);
    return error != nullptr && error->kind == Error::Kind::malformed ? error->message : "";
}

protocol::Reply decode_process_reply(std::string_view line) {
    return protocol::decode_reply(line, 7, protocol::ProcessRequest{42});
}

}  // namespace

TEST_CASE("protocol: every request survives the journey") {
    using namespace protocol;
    const auto travel = [](const Request& request) {
        const ReceivedRequest received = decode_request(encode(7, request));
        CHECK(received.id == 7);
        return std::get<Request>(received.content);
    };
    CHECK(std::holds_alternative<VersionRequest>(travel(VersionRequest{})));
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
        return decode_reply(encode(7, reply), 7, request);
    };
    CHECK(std::get<VersionReply>(travel(VersionRequest{}, VersionReply{"0.1.0"})).version ==
          "0.1.0");
    CHECK(std::get<ProcessReply>(travel(ProcessRequest{}, ProcessReply{-4, true})).value == -4);
    CHECK(std::get<ProcessReply>(travel(ProcessRequest{}, ProcessReply{-4, true})).processed);
    CHECK(std::get<ValidateReply>(travel(ValidateRequest{}, ValidateReply{true})).valid);
    CHECK(std::get<TransformReply>(travel(TransformRequest{}, TransformReply{84, "x"})).original ==
          84);
    CHECK(std::get<AnalyzeReply>(travel(AnalyzeRequest{}, AnalyzeReply{"é"})).analysis == "é");
    for (const auto kind : {Error::Kind::domain, Error::Kind::malformed, Error::Kind::internal}) {
        CHECK(std::get<Error>(travel(ProcessRequest{}, Error{kind, "why"})).kind == kind);
        CHECK(std::get<Error>(travel(ProcessRequest{}, Error{kind, "why"})).message == "why");
    }
}

TEST_CASE("protocol: a message is one line, as the header shows it") {
    CHECK(protocol::encode(7, protocol::Request(protocol::ProcessRequest{42})) ==
          R"({"id":7,"op":"process","params":{"input":42}})");
    CHECK(protocol::encode(7, protocol::Reply(protocol::ProcessReply{84, true})) ==
          R"({"id":7,"result":{"value":84,"processed":true}})");
    CHECK(protocol::encode(7, protocol::Reply(Error{Error::Kind::domain, "two\nlines"})) ==
          R"({"id":7,"error":{"kind":"domain","message":"two\nlines"}})");
}

TEST_CASE("protocol: what is not UTF-8 is replaced when written") {
    const protocol::Request request = protocol::AnalyzeRequest{84, "\xff"};
    CHECK(std::get<protocol::AnalyzeRequest>(
              std::get<protocol::Request>(
                  protocol::decode_request(protocol::encode(1, request)).content))
              .transformed == "\xef\xbf\xbd");
}

TEST_CASE("protocol: a request that is none is refused with the reason") {
    const auto reason = reason_to_refuse_request;
    CHECK(reason("") == "the message is not a JSON object");
    CHECK(reason("nonsense") == "the message is not a JSON object");
    CHECK(reason("[1]") == "the message is not a JSON object");
    CHECK(reason("{\"id\":1} {}") == "the message is not a JSON object");
    CHECK(reason("{\"id\":1,\"op\":\"\xff\"}") == "the message is not a JSON object");
    CHECK(reason(std::string(60000, '[')) == "the message is not a JSON object");
    CHECK(reason(std::string(protocol::max_message_size + 1, ' ')) ==
          "the message is longer than 65536 bytes");
    CHECK(reason("{}") == "'id' is missing");
    CHECK(reason(R"({"id":-1})") == "'id' is not a non-negative integer");
    CHECK(reason(R"({"id":1})") == "'op' is missing");
    CHECK(reason(R"({"id":1,"op":1})") == "'op' is not a string");
    CHECK(reason(R"({"id":1,"op":"process"})") == "'params' is missing");
    CHECK(reason(R"({"id":1,"op":"process","params":[1]})") == "'params' is not an object");
    CHECK(reason(R"({"id":1,"op":"fly","params":{}})") == "there is no such operation");
    CHECK(reason(R"({"id":1,"op":"process","params":{}})") == "'input' is missing");
    CHECK(reason(R"({"id":1,"op":"validate","params":{"value":1,"processed":1}})") ==
          "'processed' is not true or false");
    CHECK(reason(R"({"id":1,"op":"analyze","params":{"original":1,"transformed":1}})") ==
          "'transformed' is not a string");
    for (const char* number : {"2147483648", "-2147483649", "2.0", "1e3", "true", "\"1\"", "null",
                               "18446744073709551615", "99999999999999999999"}) {
        CHECK(reason(R"({"id":1,"op":"process","params":{"input":)"s + number + "}}") ==
              "'input' is not a 32-bit integer");
    }
}

TEST_CASE("protocol: a refused request keeps its id where it has one") {
    CHECK(protocol::decode_request(R"({"id":9,"op":"fly","params":{}})").id == 9);
    CHECK(protocol::decode_request("nonsense").id == 0);
}

TEST_CASE("protocol: a reply that is none is refused") {
    for (const char* line :
         {"", "nonsense", "{}", R"({"id":7})", R"({"id":8,"result":{"value":84,"processed":true}})",
          R"({"id":7,"result":{}})", R"({"id":7,"result":{"value":84}})",
          R"({"id":7,"result":{"value":"84","processed":true}})", R"({"id":7,"error":"bad"})",
          R"({"id":7,"error":{"kind":"odd","message":""}})",
          R"({"id":7,"error":{"kind":"domain"}})"}) {
        CHECK_THROWS_AS(decode_process_reply(line), protocol::MalformedMessage);
    }
    CHECK_NOTHROW(decode_process_reply(R"({"id":7,"result":{"value":84,"processed":true}})"));
}
