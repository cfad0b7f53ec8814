// Addresses: where an app finds a service, and where a service listens.

#pragma once

#include <string>
#include <string_view>

namespace http {

struct Address {
    std::string host;  // a name or a number; an IPv6 address without its brackets
    int port;
    std::string prefix = {};  // of every path: empty, or begins with a slash and ends with none

    // As in a URL, without the scheme.
    std::string shown() const;
};

// Of http://HOST[:PORT][/PREFIX]; the port is 80 if there is none. Throws std::invalid_argument,
// which says what is wrong with it, and does not show what could be a password.
Address parse_url(std::string_view url);

// Of HOST:PORT; port 0 means any that is free. Throws std::invalid_argument.
Address parse_listen(std::string_view text);

}  // namespace http
