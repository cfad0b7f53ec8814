// What comes as the payload of a broker's message: requests at a service, replies at the app.

#include <array>
#include <functional>
#include <stdexcept>
#include <string>

#include "fuzz.hpp"
#include "protocol/envelope.hpp"

namespace {

using namespace protocol;
using Rewrite = std::function<Json(const Json&)>;

template <typename Payload>
Json rewritten(const Json& json) {
    return json.get<Payload>();
}

// Each reads a payload, and writes it again: of requests and of results, in the same order.
const std::array<Rewrite, 4> requests{rewritten<Input>, rewritten<ProcessResult>, rewritten<Value>,
                                      rewritten<TransformResult>};
const std::array<Rewrite, 4> results{rewritten<ProcessResult>, rewritten<Valid>,
                                     rewritten<TransformResult>, rewritten<Analysis>};

// The result that a reply brings, written again; null if it brings none.
Json result_of(const std::string& reply, const Rewrite& rewrite) {
    try {
        return rewrite(decode_reply(reply));
    } catch (const std::domain_error&) {
    } catch (const std::runtime_error&) {
    } catch (const Json::exception&) {
    }
    return nullptr;
}

void read_reply(const std::string& reply, const Rewrite& rewrite) {
    const Json result = result_of(reply, rewrite);
    if (!result.is_null()) {
        require(result_of(Json{{"result", result}}.dump(), rewrite) == result,
                "a result survives the journey");
    }
}

void read_request(const std::string& request, const Rewrite& rewrite) {
    Json read;
    const Handle handle = [&](const Json& json) { return read = rewrite(json); };
    const std::string reply = answer(request, handle);  // throws nothing
    const bool handled = !read.is_null();
    require(Json::parse(reply).contains(handled ? "result" : "error"), "a request is answered");
    require(!handled || answer(read.dump(), handle) == reply, "a request survives the journey");
}

void travel(const std::string& text) {
    const std::string reply = answer("{}", [&](const Json&) { return Json(Analysis{text}); });
    require(!result_of(reply, results[3]).is_null(), "a text of any bytes arrives");
    const std::string refusal =
        answer("{}", [&](const Json&) -> Json { throw std::domain_error(text); });
    bool refused = false;
    try {
        decode_reply(refusal);
    } catch (const std::domain_error&) {
        refused = true;
    }
    require(refused, "a refusal survives the journey");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = as_text(data, size);
    const std::size_t choice = take_choice(input) % 9;
    const std::string text(input);
    if (choice < 4) {
        read_request(text, requests.at(choice));
    } else if (choice < 8) {
        read_reply(text, results.at(choice - 4));
    } else {  // a text of any bytes inside of a message
        travel(text.substr(0, 5000));
    }
    return 0;
}
