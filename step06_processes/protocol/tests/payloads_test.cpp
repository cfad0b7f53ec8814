#include "protocol/payloads.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "catch2.hpp"

using namespace std::string_literals;
using namespace protocol;

namespace {

// Why the text is not what read() takes; empty if it is.
template <typename Read>
std::string reason(const std::string& text, Read read) {
    try {
        read(parse(text));
        return "";
    } catch (const MalformedMessage& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("payloads: what is written can be read") {
    CHECK(read_input(parse(write_input(-2147483647 - 1))) == -2147483647 - 1);
    CHECK(read_value(parse(write_value(2147483647))) == 2147483647);
    const ProcessResult processed = read_process_result(parse(write(ProcessResult{-4, true})));
    CHECK(processed.value == -4);
    CHECK(processed.processed);
    const TransformResult result = read_transform_result(parse(write(TransformResult{84, "\"\n"})));
    CHECK(result.original == 84);
    CHECK(result.transformed == "\"\n");
    CHECK(read_valid(parse(write_valid(true))));
    CHECK(read_analysis(parse(write_analysis("é"))) == "é");
}

TEST_CASE("payloads: the members stand in the order that the header shows") {
    CHECK(write_input(42) == R"({"input":42})");
    CHECK(write(ProcessResult{84, true}) == R"({"value":84,"processed":true})");
    CHECK(write(TransformResult{84, "x"}) == R"({"original":84,"transformed":"x"})");
}

TEST_CASE("payloads: what is not UTF-8 is replaced when written") {
    CHECK(read_analysis(parse(write_analysis("\xff"))) == "\xef\xbf\xbd");
}

TEST_CASE("payloads: a text that is no message is refused with the reason") {
    for (const auto& text :
         {""s, "nonsense"s, "[1]"s, "{} {}"s, "{\"a\":\"\xff\"}"s, std::string(60000, '[')}) {
        CHECK(reason(text, read_input) == "the message is not a JSON object");
    }
    CHECK(reason(std::string(max_message_size + 1, ' '), read_input) ==
          "the message is longer than 65536 bytes");
}

TEST_CASE("payloads: every member is checked, others are ignored") {
    CHECK(reason("{}", read_input) == "'input' is missing");
    CHECK(reason(R"({"input":1,"unit":"m"})", read_input).empty());
    CHECK(reason(R"({"value":1,"processed":1})", read_process_result) ==
          "'processed' is not true or false");
    CHECK(reason(R"({"original":1,"transformed":1})", read_transform_result) ==
          "'transformed' is not a string");
    for (const char* number : {"2147483648", "-2147483649", "2.0", "1e3", "true", "\"1\"", "null",
                               "18446744073709551615", "99999999999999999999"}) {
        CHECK(reason(R"({"input":)"s + number + "}", read_input) ==
              "'input' is not a 32-bit integer");
    }
}

TEST_CASE("payloads: a service without memory is busy, and may be asked again") {
    try {
        throw std::bad_alloc();
    } catch (const std::exception&) {
        CHECK(current_error().kind == Error::Kind::busy);
    }
}
