// What comes as the body of an HTTP message: requests at a service, replies, problems and health
// at the app.

#include <array>
#include <string>

#include "fuzz.hpp"
#include "protocol/messages.hpp"

namespace {

using namespace protocol;

void travel(const Request& request) {
    const std::string body = encode(request);
    require(encode(decode_request(operation(request), body)) == body,
            "a request survives the journey");
}

void travel(const Reply& reply, const Request& request) {
    const std::string body = encode(reply);
    require(encode(decode_reply(body, request)) == body, "a reply survives the journey");
}

void travel(const Problem& problem) {
    const std::string body = encode(problem);
    require(encode(decode_problem(body)) == body, "a problem survives the journey");
}

void travel(const Health& health) {
    const std::string body = encode(health);
    require(encode(decode_health(body)) == body, "health survives the journey");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::array<Request, 4> requests{ProcessRequest{}, ValidateRequest{}, TransformRequest{},
                                          AnalyzeRequest{}};
    std::string_view input = as_text(data, size);
    const unsigned choice = take_choice(input) % 12;
    const Request& request = requests.at(choice % requests.size());
    try {
        if (choice < 4) {
            travel(decode_request(operation(request), input));
        } else if (choice < 8) {
            travel(decode_reply(input, request), request);
        } else if (choice == 8) {
            travel(decode_problem(input));
        } else if (choice == 9) {
            travel(decode_health(input));
        }
    } catch (const MalformedMessage&) {
        return 0;
    }
    if (choice >= 10) {  // a text of any bytes inside of a message
        travel(AnalyzeRequest{42, std::string(input)});
        travel(to_problem({Error::Kind::domain, std::string(input)}));
    }
    return 0;
}
