#include "host_port.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "values.hpp"

namespace {

bool is_name(std::string_view host) {
    return !host.empty() && std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_';
    });
}

bool is_ipv6(std::string_view host) {
    return host.find(':') != std::string_view::npos &&
           host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

int parse_port(std::string_view text, int least) {
    const bool digits =
        std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    const auto port = digits ? parse_value(text) : std::nullopt;
    if (!port || *port < least || *port > 65535) {
        throw std::invalid_argument("the port " + quote(text) + " is not a number from " +
                                    std::to_string(least) + " to 65535");
    }
    return *port;
}

}  // namespace

std::string HostPort::shown() const {
    return (is_ipv6(host) ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

HostPort parse_host_port(std::string_view text, int default_port, int least_port) {
    const bool in_brackets = text.starts_with('[');
    const std::size_t end = std::min(in_brackets ? text.find(']') : text.find(':'), text.size());
    const std::string_view host = text.substr(in_brackets ? 1 : 0, end - (in_brackets ? 1 : 0));
    const std::string_view rest = text.substr(std::min(end + (in_brackets ? 1 : 0), text.size()));
    const bool good_host = in_brackets ? end < text.size() && is_ipv6(host) : is_name(host);
    if (!good_host || (!rest.empty() && !rest.starts_with(':'))) {
        throw std::invalid_argument("there is no host in " + quote(text));
    }
    if (rest.empty() && default_port == 0) {
        throw std::invalid_argument(quote(text) + " has no port");
    }
    return {std::string(host),
            rest.empty() ? default_port : parse_port(rest.substr(1), least_port)};
}
