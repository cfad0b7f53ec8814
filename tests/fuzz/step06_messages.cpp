// What comes over the pipes: requests at a service, replies at the app.

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "fuzz.hpp"
#include "protocol/envelope.hpp"

namespace {

using namespace protocol;

// Reads a payload of each kind, and writes it again.
const std::array<std::function<std::string(const Json&)>, 6> rewrite{
    [](const Json& json) { return write_version(read_version(json)); },
    [](const Json& json) { return write(read_process_result(json)); },
    [](const Json& json) { return write_valid(read_valid(json)); },
    [](const Json& json) { return write(read_transform_result(json)); },
    [](const Json& json) { return write_analysis(read_analysis(json)); },
    [](const Json& json) { return write_input(read_input(json)); },
};

// The result that a line brings as the reply with this id, written again; empty if it brings none.
std::string result_of(std::string_view line, std::uint64_t id, std::size_t kind) {
    std::string result;
    try {
        decode_reply(line, id, [&](const Json& json) { result = rewrite.at(kind)(json); });
    } catch (const std::domain_error&) {
    } catch (const std::runtime_error&) {
    }
    return result;
}

void read_reply(std::string_view line, std::size_t kind) {
    const std::string result = result_of(line, 7, kind);
    if (!result.empty()) {
        const std::string again = "{\"id\":7,\"result\":" + result + '}';
        require(result_of(again, 7, kind) == result, "a result survives the journey");
    }
}

void read_request(std::string_view line) {
    bool handled = false;
    const std::string reply = answer(line, [&](const std::string&, const Json& payload) {
        handled = true;
        return text_of(Object(payload));
    });  // throws nothing
    require(parse(reply).contains(handled ? "result" : "error"), "a request is answered");
}

void travel(const std::string& text) {
    const std::string result = write_analysis(text);
    const std::string request = encode_request(7, "analyze", result);
    const std::string reply =
        answer(request, [](const std::string&, const Json& json) { return rewrite[4](json); });
    require(result_of(reply, 7, 4) == result, "a text survives the journey");
    const std::string refusal = answer(
        request,
        [&](const std::string&, const Json&) -> std::string { throw std::domain_error(text); });
    require(parse(refusal).contains("error"), "a refusal survives the journey");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = as_text(data, size);
    const std::size_t choice = take_choice(input) % 7;
    if (choice < 5) {
        read_reply(input, choice);
    } else if (choice == 5) {
        read_request(input);
    } else if (input.size() < 5000) {  // a text of any bytes inside of a message
        travel(std::string(input.substr(0, input.find('\0'))));
    }
    return 0;
}
