#include "protocol/envelope.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "catch2.hpp"

using namespace protocol;

namespace {

std::string doubled(const std::string& operation, const Json& payload) {
    if (operation != "process") {
        throw MalformedMessage("there is no such operation");
    }
    if (read_input(payload) == 5000) {
        throw std::domain_error("two\nlines");
    }
    if (read_input(payload) == 6000) {
        throw std::runtime_error("out of order");
    }
    return write(ProcessResult{2 * read_input(payload), true});
}

std::string answer_to(const std::string& line) {
    return answer(line, doubled);
}

ProcessResult read_reply(const std::string& line) {
    ProcessResult result{};
    decode_reply(line, 7, [&](const Json& object) { result = read_process_result(object); });
    return result;
}

}  // namespace

TEST_CASE("envelope: a message is one line, as the header shows it") {
    const std::string request = encode_request(7, "process", write_input(42));
    CHECK(request == R"({"id":7,"op":"process","params":{"input":42}})");
    CHECK(answer_to(request) == R"({"id":7,"result":{"value":84,"processed":true}})");
    CHECK(read_reply(answer_to(request)).value == 84);
}

TEST_CASE("envelope: what the handler throws becomes an error, and is thrown again") {
    const std::string refused = answer_to(encode_request(7, "process", write_input(5000)));
    CHECK(refused == R"({"id":7,"error":{"kind":"domain","message":"two\nlines"}})");
    CHECK_THROWS_AS(read_reply(refused), std::domain_error);
    const std::string failed = answer_to(encode_request(7, "process", write_input(6000)));
    CHECK(failed == R"({"id":7,"error":{"kind":"internal","message":"out of order"}})");
    CHECK_THROWS_AS(read_reply(failed), std::runtime_error);
    CHECK_THROWS_AS(read_reply(R"({"id":7,"error":{"kind":"busy","message":""}})"),
                    std::runtime_error);
}

TEST_CASE(
    "envelope: a request that is none is answered with the reason, and its id if it has one") {
    const auto malformed = [](const std::string& id, const std::string& message) {
        return R"({"id":)" + id + R"(,"error":{"kind":"malformed","message":")" + message + "\"}}";
    };
    CHECK(answer_to("nonsense") == malformed("0", "the message is not a JSON object"));
    CHECK(answer_to("{}") == malformed("0", "'id' is missing"));
    CHECK(answer_to(R"({"id":-1})") == malformed("0", "'id' is not a non-negative integer"));
    CHECK(answer_to(R"({"id":9})") == malformed("9", "'op' is missing"));
    CHECK(answer_to(R"({"id":9,"op":1})") == malformed("9", "'op' is not a string"));
    CHECK(answer_to(R"({"id":9,"op":"process"})") == malformed("9", "'params' is missing"));
    CHECK(answer_to(R"({"id":9,"op":"process","params":[1]})") ==
          malformed("9", "'params' is not an object"));
    CHECK(answer_to(R"({"id":9,"op":"process","params":{}})") ==
          malformed("9", "'input' is missing"));
    CHECK(answer_to(R"({"id":9,"op":"fly","params":{}})") ==
          malformed("9", "there is no such operation"));
}

TEST_CASE("envelope: a reply that is none is refused") {
    for (const char* line :
         {"", "nonsense", "{}", R"({"id":7})", R"({"id":8,"result":{"value":84,"processed":true}})",
          R"({"id":7,"result":{}})", R"({"id":7,"result":{"value":84}})",
          R"({"id":7,"result":{"value":"84","processed":true}})", R"({"id":7,"error":"bad"})",
          R"({"id":7,"error":{"kind":"odd","message":""}})",
          R"({"id":7,"error":{"kind":"domain"}})"}) {
        CHECK_THROWS_AS(read_reply(line), MalformedMessage);
    }
}
