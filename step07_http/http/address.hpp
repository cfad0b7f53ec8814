// Addresses: where an app finds a service, and where a service listens.

#pragma once

#include <string>
#include <string_view>

#include "host_port.hpp"

namespace http {

struct Address : HostPort {
    std::string prefix = {};  // of every path: empty, or begins with a slash and ends with none

    // As in a URL, without the scheme.
    std::string shown() const;
};

// Of http://HOST[:PORT][/PREFIX]; the port is 80 if there is none. Throws std::invalid_argument,
// which says what is wrong with it, and does not show what could be a password.
Address parse_url(std::string_view url);

// Of HOST:PORT; port 0 means any that is free. Throws std::invalid_argument.
Address parse_listen(std::string_view text);

// The host, in lower case, of HOST or HOST:PORT. Throws std::invalid_argument.
std::string parse_host(std::string_view text);

// Whether a host, in lower case, names the machine that asks, and no name server has a say in it.
bool is_loopback(std::string_view host);

std::string lower(std::string_view text);

}  // namespace http
