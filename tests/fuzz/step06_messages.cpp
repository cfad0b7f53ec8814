// What comes over the pipes: requests at a service, replies at the app.

#include <array>
#include <functional>
#include <string>

#include "fuzz.hpp"
#include "protocol/envelope.hpp"

namespace {

using namespace protocol;

template <typename Payload>
Json rewritten(const Json& json) {
    return json.get<Payload>();
}

// Reads a payload of each kind, and writes it again.
const std::array<std::function<Json(const Json&)>, 6> rewrite{
    rewritten<Version>,         rewritten<ProcessResult>, rewritten<Valid>,
    rewritten<TransformResult>, rewritten<Analysis>,      rewritten<Input>,
};

// The result that a line brings as the reply with this id, written again; null if it brings none.
Json result_of(const std::string& line, std::uint64_t id, std::size_t kind) {
    try {
        return rewrite.at(kind)(decode_reply(line, id));
    } catch (const std::domain_error&) {
    } catch (const std::runtime_error&) {
    } catch (const Json::exception&) {
    }
    return nullptr;
}

void read_reply(const std::string& line, std::size_t kind) {
    const Json result = result_of(line, 7, kind);
    if (!result.is_null()) {
        const std::string again = Json{{"id", 7}, {"result", result}}.dump();
        require(result_of(again, 7, kind) == result, "a result survives the journey");
    }
}

void read_request(const std::string& line) {
    bool handled = false;
    const std::string reply = answer(line, [&](const std::string&, const Json& payload) {
        const Json result = rewrite[5](payload);
        handled = true;
        return result;
    });  // throws nothing
    require(Json::parse(reply).contains(handled ? "result" : "error"), "a request is answered");
    require(reply.find('\n') == std::string::npos, "a reply is one line");
}

void travel(const std::string& text) {
    const std::string reply =
        answer(encode_request(7, "analyze", Json::object()),
               [&](const std::string&, const Json&) { return Json(Analysis{text}); });
    require(!result_of(reply, 7, 4).is_null(), "a text of any bytes arrives");
    bool refused = false;
    const std::string refusal =
        answer(encode_request(7, "analyze", Json::object()),
               [&](const std::string&, const Json&) -> Json { throw std::domain_error(text); });
    try {
        decode_reply(refusal, 7);
    } catch (const std::domain_error&) {
        refused = true;
    }
    require(refused, "a refusal survives the journey");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = as_text(data, size);
    const std::size_t choice = take_choice(input) % 7;
    if (choice < 5) {
        read_reply(std::string(input), choice);
    } else if (choice == 5) {
        read_request(std::string(input));
    } else if (input.size() < 5000) {  // a text of any bytes inside of a message
        travel(std::string(input.substr(0, input.find('\0'))));
    }
    return 0;
}
