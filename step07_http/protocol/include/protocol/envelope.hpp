// A payload on its way through HTTP: the path names the operation, and the body is the payload. In
// the place of a result there may be a problem as RFC 9457 has it.
//
// POST /process with {"input":42} is answered by 200 with {"processed":true,"value":84} or, for
// example, 422 with {"detail":"2 x 1073741824 does not fit a 32-bit integer","status":422}.

#pragma once

#include <functional>
#include <string>

#include "protocol/payloads.hpp"

namespace protocol {

struct Answer {
    int status;
    std::string body;
};

// Turns an operation's parameters into its result, or throws.
using Handle = std::function<Json(const Json& params)>;

// The answer to the body of a request. What handle() throws goes out as a problem.
Answer answer(const std::string& body, const Handle& handle);

Answer problem(int status, const std::string& detail);

// For answers with status 200 or 422 only. Throws std::domain_error if the value was
// refused, MalformedMessage or Json::exception for a body that is no such answer.
Json decode_answer(const Answer& answer);

}  // namespace protocol
