// The place that an address names, whatever protocol is spoken there.

#pragma once

#include <string>
#include <string_view>

struct HostPort {
    std::string host;  // a name or a number; an IPv6 address without its brackets
    int port;

    std::string shown() const;  // host:port, with the brackets
};

// Of HOST:PORT, or HOST alone where there is a default port (0: there is none), or the same with
// [IPV6]. Throws std::invalid_argument, which says what is wrong with it.
HostPort parse_host_port(std::string_view text, int default_port, int least_port = 1);
