// What comes as the body of an HTTP message: requests at a service, results, problems and health at
// the app.

#include <array>
#include <functional>
#include <stdexcept>
#include <string>

#include "fuzz.hpp"
#include "protocol/envelope.hpp"

namespace {

using namespace protocol;

template <typename Payload>
Json rewrite(const Json& json) {
    return json.get<Payload>();
}

// Reads a body of each kind, and writes it again: what the four calls take and give.
const std::array<std::function<Json(const Json&)>, 8> rewriters{
    rewrite<Input>,           rewrite<ProcessResult>, rewrite<Value>,
    rewrite<TransformResult>, rewrite<ProcessResult>, rewrite<Valid>,
    rewrite<TransformResult>, rewrite<Analysis>,
};

void travel(const std::string& text) {
    const Json payload = Analysis{text};
    const std::string body = payload.dump(-1, ' ', false, Json::error_handler_t::replace);
    const Answer result = answer(body, rewriters[7]);
    require(result.status == 200 && result.body == body, "a text survives the journey");
    const Answer refusal =
        answer(body, [&](const Json&) -> Json { throw std::domain_error(text.c_str()); });
    require(refusal.status == 422, "a refusal is of the right kind");
    try {
        decode_answer(refusal);
        require(false, "a refusal is one");
    } catch (const std::domain_error&) {
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = as_text(data, size);
    const unsigned choice = take_choice(input) % 12;
    const std::string body(input);
    try {
        if (choice < rewriters.size()) {
            const auto& rewriter = rewriters.at(choice);
            const std::string written = rewriter(decode_answer({200, body})).dump();
            require(rewriter(decode_answer({200, written})).dump() == written,
                    "a body survives the journey");
        } else if (choice == 8) {
            decode_answer({422, body});
        } else if (choice == 9) {
            rewrite<Version>(decode_answer({200, body}));
        } else {  // a text of any bytes inside of a message
            travel(body.substr(0, 5000));
        }
    } catch (const std::domain_error&) {
    } catch (const MalformedMessage&) {
    } catch (const Json::exception&) {
    }
    const Answer any = answer(body, rewriters[0]);
    require(any.status == 200 || any.status == 400, "a body is answered");
    return 0;
}
