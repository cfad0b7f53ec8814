// What comes as the payload of a broker's message: requests at a service, replies at the app.

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "fuzz.hpp"
#include "protocol/envelope.hpp"

namespace {

using namespace protocol;
using Rewrite = std::function<std::string(const Json&)>;

// Each reads a payload, and writes it again: of requests and of results, in the same order.
const std::array<Rewrite, 4> requests{
    [](const Json& json) { return write_input(read_input(json)); },
    [](const Json& json) { return write(read_process_result(json)); },
    [](const Json& json) { return write_value(read_value(json)); },
    [](const Json& json) { return write(read_transform_result(json)); },
};
const std::array<Rewrite, 4> results{
    [](const Json& json) { return write(read_process_result(json)); },
    [](const Json& json) { return write_valid(read_valid(json)); },
    [](const Json& json) { return write(read_transform_result(json)); },
    [](const Json& json) { return write_analysis(read_analysis(json)); },
};

// The result that a reply brings, written again; empty if it brings none.
std::string result_of(std::string_view reply, const Rewrite& rewrite) {
    std::string result;
    try {
        decode_reply(reply, [&](const Json& json) { result = rewrite(json); });
    } catch (const std::domain_error&) {
    } catch (const std::runtime_error&) {
    }
    return result;
}

void read_reply(std::string_view reply, const Rewrite& rewrite) {
    const std::string result = result_of(reply, rewrite);
    if (!result.empty()) {
        require(result_of("{\"result\":" + result + '}', rewrite) == result,
                "a result survives the journey");
    }
}

void read_request(std::string_view request, const Rewrite& rewrite) {
    std::string read;
    const std::string reply =
        answer(request, [&](const Json& json) { return read = rewrite(json); });  // throws nothing
    require(parse(reply).contains(read.empty() ? "error" : "result"), "a request is answered");
    if (!read.empty()) {
        require(reply == answer(read, rewrite), "a request survives the journey");
    }
}

void travel(const std::string& text) {
    const std::string result = write_analysis(text);
    const std::string reply = answer("{}", [&](const Json&) { return std::string(result); });
    require(result_of(reply, results[3]) == result, "a text survives the journey");
    require(parse(encode_error({Error::Kind::busy, text})).contains("error"),
            "an error survives the journey");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = as_text(data, size);
    const std::size_t choice = take_choice(input) % 9;
    if (choice < 4) {
        read_request(input, requests.at(choice));
    } else if (choice < 8) {
        read_reply(input, results.at(choice - 4));
    } else if (input.size() < 5000) {  // a text of any bytes inside of a message
        travel(std::string(input));
    }
    return 0;
}
