// A payload on its way through a broker: the payload of a message.
//
// {"input":42} on the subject service.process is answered by
// {"result":{"processed":true,"value":84}} or, for example,
// {"error":{"kind":"domain","message":"2 x 1073741824 does not fit a 32-bit integer"}}.

#pragma once

#include <functional>
#include <string>

#include "protocol/payloads.hpp"

namespace protocol {

// The subject of an operation.
std::string subject(const std::string& operation);

// Turns an operation's parameters into its result, or throws.
using Handle = std::function<Json(const Json& params)>;

// The reply to a request. What handle() throws goes out as an error.
std::string answer(const std::string& request, const Handle& handle);

// The result in a reply. Throws std::domain_error if the value was refused, MalformedMessage or
// Json::exception for a text that is no such reply, and another std::runtime_error for any other
// error.
Json decode_reply(const std::string& text);

}  // namespace protocol
