// A payload on its way through a pipe: one JSON object a line.
//
// {"id":7,"op":"process","params":{"input":42}} is answered by
// {"id":7,"result":{"processed":true,"value":84}} or, for example,
// {"error":{"kind":"domain","message":"2 x 1073741824 does not fit a 32-bit integer"},"id":7}.

#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "protocol/payloads.hpp"

namespace protocol {

// Makes the result of an operation and its parameters, or throws.
using Handle = std::function<Json(const std::string& operation, const Json& params)>;

// The line for a request, without the newline.
std::string encode_request(std::uint64_t id, const std::string& operation, const Json& params);

// The line that answers a line. What handle() throws goes out as an error.
std::string answer(const std::string& line, const Handle& handle);

// The result in the reply to the request with this id. Throws std::domain_error if the value was
// refused, MalformedMessage or Json::exception for a line that is no such reply, and another
// std::runtime_error for any other error.
Json decode_reply(const std::string& line, std::uint64_t id);

}  // namespace protocol
