// A payload on its way through HTTP: the body of a message.
//
// POST /process with {"input":42} is answered by 200 and {"value":84,"processed":true}, or by
// another status and a problem (RFC 9457), for example
// {"type":"about:blank","title":"Unprocessable Content","status":422,
//  "detail":"2 x 1073741824 does not fit a 32-bit integer"}
// Plain values and functions: any thread.

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "protocol/payloads.hpp"

namespace protocol {

constexpr const char* content_type = "application/json";
constexpr const char* problem_content_type = "application/problem+json";

struct Answer {
    int status;
    std::string content_type;
    std::string body;
};

// Why a request was not served: the HTTP status and what to know about this case.
Answer problem(int status, const std::string& detail);

// The answer to the body of a request: handle() makes the result of its payload, or throws, and
// that goes out as a problem.
Answer answer(std::string_view body, const std::function<std::string(const Json& payload)>& handle);

// Gives read() the result in the body of an answer. Throws MalformedMessage if there is none; lets
// what read() throws pass.
void decode_result(std::string_view body, const std::function<void(const Json& result)>& read);

// The detail of a problem; throws MalformedMessage if the body is none.
std::string read_detail(std::string_view body);

// What GET /health tells.
struct Health {
    std::string name;
    std::string version;
};
std::string write(const Health& health);
Health read_health(const Json& object);

}  // namespace protocol
