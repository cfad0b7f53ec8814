// The head of a request: where the request ends, and whom it is for (RFC 9112).

#pragma once

#include <httplib.h>

#include <cstddef>
#include <optional>
#include <string>

namespace http {

// Two readers of the same bytes that disagree on this take the end of one request for another that
// nobody sent. The library checks none of it.
struct RequestHead {
    std::string path;                   // of a target that is a whole URL, too
    std::string host;                   // in lower case; empty: not said, as HTTP/1.0 may
    std::optional<std::size_t> length;  // of the body
    bool is_chunked = false;            // the body says itself where it ends
    bool is_last = false;               // the client wants the connection to end

    bool has_body() const { return is_chunked || length.value_or(0) > 0; }
};

// Throws std::invalid_argument, which says what is malformed.
RequestHead parse_head(const httplib::Request& request);

}  // namespace http
