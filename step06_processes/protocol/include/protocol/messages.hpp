// The messages between the app and its services, as types and as JSON.
//
// One JSON object a line: {"id":7,"op":"process","params":{"input":42}} is answered by
// {"id":7,"result":{"value":84,"processed":true}} or, for example,
// {"id":7,"error":{"kind":"domain","message":"2 x 1073741824 does not fit a 32-bit integer"}}.
// Plain values and functions: any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

namespace protocol {

// A longer line is not a message.
constexpr std::size_t max_message_size = 65536;

struct VersionRequest {};
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

using Request =
    std::variant<VersionRequest, ProcessRequest, ValidateRequest, TransformRequest, AnalyzeRequest>;

struct Error {
    enum class Kind {
        domain,     // the component refuses the value; every other value may be fine
        malformed,  // the request was not understood
        internal,   // the service failed
    };
    Kind kind;
    std::string message;
};

struct VersionReply {
    std::string version;
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

using Reply =
    std::variant<Error, VersionReply, ProcessReply, ValidateReply, TransformReply, AnalyzeReply>;

// A text that is not the message it should be; what() says why.
class MalformedMessage : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The line for a request or a reply, without the newline. A caller numbers its requests from 1; 0
// in a reply says that the request had no id that could be read.
std::string encode(std::uint64_t id, const Request& request);
std::string encode(std::uint64_t id, const Reply& reply);

// What a service makes of a line: a request, or the Error to answer with.
struct ReceivedRequest {
    std::uint64_t id = 0;
    std::variant<Request, Error> content;
};
ReceivedRequest decode_request(std::string_view line);

// The reply to the request with this id: an Error, or what belongs to the request. Throws
// MalformedMessage for anything else.
Reply decode_reply(std::string_view line, std::uint64_t id, const Request& request);

}  // namespace protocol
