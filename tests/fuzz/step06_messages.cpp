// What comes over the pipes: requests at a service, replies at the app.

#include <array>
#include <string>

#include "fuzz.hpp"
#include "protocol/messages.hpp"

namespace {

using namespace protocol;

void travel(std::uint64_t id, const Request& request) {
    const std::string line = encode(id, request);
    const ReceivedRequest received = decode_request(line);
    require(received.id == id, "the id survives the journey");
    const auto* arrived = std::get_if<Request>(&received.content);
    require(arrived != nullptr, "what was written is a request");
    require(encode(id, *arrived) == line, "a request survives the journey");
}

void travel(std::uint64_t id, const Reply& reply, const Request& request) {
    const std::string line = encode(id, reply);
    require(encode(id, decode_reply(line, id, request)) == line, "a reply survives the journey");
}

void read_request(std::string_view line) {
    const ReceivedRequest received = decode_request(line);  // throws nothing
    if (const auto* request = std::get_if<Request>(&received.content)) {
        travel(received.id, *request);
    } else {
        travel(received.id, std::get<Error>(received.content), VersionRequest{});
    }
}

void read_reply(std::string_view line, const Request& request) {
    try {
        travel(7, decode_reply(line, 7, request), request);
    } catch (const MalformedMessage&) {
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::array<Request, 5> requests{VersionRequest{}, ProcessRequest{}, ValidateRequest{},
                                          TransformRequest{}, AnalyzeRequest{}};
    std::string_view input = as_text(data, size);
    const std::size_t choice = take_choice(input) % (requests.size() + 2);
    if (choice < requests.size()) {
        read_reply(input, requests.at(choice));
    } else if (choice == requests.size()) {
        read_request(input);
    } else {  // a text of any bytes inside of a message
        travel(7, AnalyzeRequest{42, std::string(input)});
        travel(7, Error{Error::Kind::domain, std::string(input)}, ProcessRequest{});
    }
    return 0;
}
