// A payload on its way through a broker: the payload of a message.
//
// {"input":42} on the subject service.process is answered by
// {"result":{"value":84,"processed":true}} or, for example,
// {"error":{"kind":"domain","message":"2 x 1073741824 does not fit a 32-bit integer"}}.
// Plain functions: any thread.

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "protocol/payloads.hpp"

namespace protocol {

// The subject of an operation.
std::string subject(std::string_view operation);

// The reply to a request: handle() makes the result of its payload, or throws, and that goes out as
// an error.
std::string answer(std::string_view request,
                   const std::function<std::string(const Json& payload)>& handle);

std::string encode_error(const Error& error);

// Gives read() the result. Throws std::domain_error if the value was refused, another
// std::runtime_error for another error, MalformedMessage for a text that is no such reply; lets
// what read() throws pass.
void decode_reply(std::string_view reply, const std::function<void(const Json& result)>& read);

}  // namespace protocol
