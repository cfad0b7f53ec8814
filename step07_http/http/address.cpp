#include "http/address.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "values.hpp"

namespace http {
namespace {

[[noreturn]] void refuse(const std::string& problem) {
    throw std::invalid_argument(problem);
}

bool is_host(std::string_view host) {
    return !host.empty() && std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_';
    });
}

int parse_port(std::string_view text, int least) {
    const bool digits =
        std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    const auto port = digits ? parse_value(text) : std::nullopt;
    if (!port || *port < least || *port > 65535) {
        refuse("the port " + quoted(text) + " is not a number from " + std::to_string(least) +
               " to 65535");
    }
    return *port;
}

// HOST, HOST:PORT, [IPV6] or [IPV6]:PORT. The port is -1 if there is none.
Address parse_authority(std::string_view text, int least_port) {
    const bool in_brackets = text.starts_with('[');
    const std::size_t end = std::min(in_brackets ? text.find(']') : text.find(':'), text.size());
    const std::string_view host = text.substr(in_brackets ? 1 : 0, end - (in_brackets ? 1 : 0));
    std::string_view rest = text.substr(std::min(end + (in_brackets ? 1 : 0), text.size()));
    const bool good_host =
        in_brackets
            ? end < text.size() && host.find(':') != std::string_view::npos &&
                  host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos
            : is_host(host);
    if (!good_host || (!rest.empty() && !rest.starts_with(':'))) {
        refuse("there is no host in " + quoted(text));
    }
    return {std::string(host), rest.empty() ? -1 : parse_port(rest.substr(1), least_port)};
}

}  // namespace

std::string Address::shown() const {
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return (is_ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port) + prefix;
}

Address parse_url(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (url.find('@') != std::string_view::npos) {
        refuse("a URL with a name or password in it, for which there is no use");
    }
    if (url.size() < scheme.size() ||
        !std::equal(scheme.begin(), scheme.end(), url.begin(), [](char a, char b) {
            return a == std::tolower(static_cast<unsigned char>(b));
        })) {
        refuse(quoted(url) + " does not begin with http://");
    }
    const std::string_view rest = url.substr(scheme.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    Address address = parse_authority(rest.substr(0, slash), 1);
    address.port = address.port < 0 ? 80 : address.port;
    address.prefix = rest.substr(slash);
    if (address.prefix.ends_with('/')) {
        address.prefix.pop_back();
    }
    const bool good_path =
        std::all_of(address.prefix.begin(), address.prefix.end(), [](unsigned char c) {
            return std::isalnum(c) != 0 ||
                   std::string_view("/._~-%:+").find(static_cast<char>(c)) !=
                       std::string_view::npos;
        });
    if (!good_path) {
        refuse("the path " + quoted(address.prefix) + " has a character that is none of a path's");
    }
    return address;
}

Address parse_listen(std::string_view text) {
    const Address address = parse_authority(text, 0);
    if (address.port < 0) {
        refuse(quoted(text) + " has no port");
    }
    return address;
}

}  // namespace http
