// The body of a request, read from its connection.

#pragma once

#include <httplib.h>

#include <cstddef>
#include <string>

#include "http/request_head.hpp"

namespace http {

enum class BodyEnd { reached, too_far, malformed };

// Appends the body, of so many bytes at most, and reads what is behind it, if that belongs to the
// request. The library takes a chunk's size for whatever is left of it without its junk, and a
// trailer for an error.
BodyEnd read_body(httplib::Stream& stream, const RequestHead& head, std::size_t most,
                  std::string& body);

}  // namespace http
