// A payload on its way through a pipe: one JSON object a line.
//
// {"id":7,"op":"process","params":{"input":42}} is answered by
// {"id":7,"result":{"value":84,"processed":true}} or, for example,
// {"id":7,"error":{"kind":"domain","message":"2 x 1073741824 does not fit a 32-bit integer"}}.
// Plain functions: any thread.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "protocol/payloads.hpp"

namespace protocol {

// What the operation "version" gives, which every service has beside those of its component.
std::string write_version(const std::string& version);
std::string read_version(const Json& object);

// The line for a request, without the newline. A caller numbers its requests from 1.
std::string encode_request(std::uint64_t id, std::string_view operation, std::string_view payload);

// The line that answers a line: handle() makes the result of an operation and its payload, or
// throws, and that goes out as an error. The id is 0 if the request had none that could be read.
std::string answer(
    std::string_view line,
    const std::function<std::string(const std::string& operation, const Json& payload)>& handle);

// Gives read() the result that answers the request with this id. Throws std::domain_error if the
// value was refused, another std::runtime_error for another error, MalformedMessage for a line that
// is no such reply; lets what read() throws pass.
void decode_reply(std::string_view line, std::uint64_t id,
                  const std::function<void(const Json& result)>& read);

}  // namespace protocol
