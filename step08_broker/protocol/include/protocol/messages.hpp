// The messages between the app and its services, as types and as JSON.
//
// Each is the payload of a broker's message: {"input":42} on the subject service.process is
// answered by
// {"result":{"value":84,"processed":true}} or, for example,
// {"error":{"kind":"domain","message":"2 x 1073741824 does not fit a 32-bit integer"}}.
// Plain values and functions: any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

namespace protocol {

// A longer payload is not a message.
constexpr std::size_t max_message_size = 65536;

struct ProcessRequest {
    std::int32_t input;
};
struct ValidateRequest {
    std::int32_t value;
    bool processed;
};
struct TransformRequest {
    std::int32_t value;
};
struct AnalyzeRequest {
    std::int32_t original;
    std::string transformed;
};

using Request = std::variant<ProcessRequest, ValidateRequest, TransformRequest, AnalyzeRequest>;

struct Error {
    enum class Kind {
        domain,     // the component refuses the value; every other value may be fine
        malformed,  // the request was not understood
        internal,   // the service failed
        busy,       // the service has too much to do; another may have less
    };
    Kind kind;
    std::string message;
};

struct ProcessReply {
    std::int32_t value;
    bool processed;
};
struct ValidateReply {
    bool valid;
};
struct TransformReply {
    std::int32_t original;
    std::string transformed;
};
struct AnalyzeReply {
    std::string analysis;
};

using Reply = std::variant<Error, ProcessReply, ValidateReply, TransformReply, AnalyzeReply>;

// A text that is not the message it should be; what() says why.
class MalformedMessage : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The subject of an operation, and that of a request's operation.
std::string subject(std::string_view operation);
std::string subject(const Request& request);

std::string encode(const Request& request);
std::string encode(const Reply& reply);

// Both throw MalformedMessage if the payload is not what it should be: a request of this operation,
// an Error or the reply that belongs to this request.
Request decode_request(std::string_view operation, std::string_view payload);
Reply decode_reply(std::string_view payload, const Request& request);

}  // namespace protocol
