// What comes as the payload of a broker's message: requests at a service, replies at the app.

#include <array>
#include <string>

#include "fuzz.hpp"
#include "protocol/messages.hpp"

namespace {

using namespace protocol;

constexpr std::array<const char*, 4> operations{"process", "validate", "transform", "analyze"};

void travel(const char* operation, const Request& request) {
    require(subject(operation) == subject(request), "the request is of this operation");
    const std::string payload = encode(request);
    require(encode(decode_request(operation, payload)) == payload,
            "a request survives the journey");
}

void travel(const Reply& reply, const Request& request) {
    const std::string payload = encode(reply);
    require(encode(decode_reply(payload, request)) == payload, "a reply survives the journey");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::array<Request, 4> requests{ProcessRequest{}, ValidateRequest{}, TransformRequest{},
                                          AnalyzeRequest{}};
    std::string_view input = as_text(data, size);
    const unsigned choice = take_choice(input) % 9;
    const char* operation = operations.at(choice % operations.size());
    const Request& request = requests.at(choice % requests.size());
    try {
        if (choice < 4) {
            travel(operation, decode_request(operation, input));
        } else if (choice < 8) {
            travel(decode_reply(input, request), request);
        }
    } catch (const MalformedMessage&) {
        return 0;
    }
    if (choice == 8) {  // a text of any bytes inside of a message
        travel("analyze", AnalyzeRequest{42, std::string(input)});
        travel(Error{Error::Kind::busy, std::string(input)}, request);
    }
    return 0;
}
