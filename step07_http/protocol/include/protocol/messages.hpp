// The messages between the app and its services, as types and as JSON.
//
// Each is the JSON body of an HTTP message: POST /process with {"input":42} is answered by 200 and
// {"value":84,"processed":true}, or by another status and a problem (RFC 9457), for example
// {"type":"about:blank","title":"Unprocessable Content","status":422,
//  "detail":"2 x 1073741824 does not fit a 32-bit integer"}. Plain values and functions: any
//  thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

namespace protocol {

// A longer body is not a message.
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

// What GET /health tells.
struct Health {
    std::string name;
    std::string version;
};

// Why a request was not served: the HTTP status and what to know about this case.
struct Problem {
    int status;
    std::string detail;
};

constexpr const char* content_type = "application/json";
constexpr const char* problem_content_type = "application/problem+json";

// The name of the request's operation, which is also its path.
std::string_view operation(const Request& request);

std::string encode(const Request& request);
std::string encode(const Reply& reply);  // an Error as the Problem that it is
std::string encode(const Health& health);
std::string encode(const Problem& problem);

Problem to_problem(const Error& error);

// All of these throw MalformedMessage if the body is not what it should be: a request of this
// operation, the reply that belongs to this request, the other two.
Request decode_request(std::string_view operation, std::string_view body);
Reply decode_reply(std::string_view body, const Request& request);
Health decode_health(std::string_view body);
Problem decode_problem(std::string_view body);

}  // namespace protocol
