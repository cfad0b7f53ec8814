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

}  // namespace

std::string Address::shown() const {
    return HostPort::shown() + prefix;
}

Address parse_url(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (url.find('@') != std::string_view::npos) {
        refuse("a URL with a name or password in it, for which there is no use");
    }
    if (lower(url.substr(0, scheme.size())) != scheme) {
        refuse(quote(url) + " does not begin with http://");
    }
    const std::string_view rest = url.substr(scheme.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    Address address{parse_host_port(rest.substr(0, slash), 80), std::string(rest.substr(slash))};
    while (address.prefix.ends_with('/')) {
        address.prefix.pop_back();
    }
    const bool good_path =
        std::all_of(address.prefix.begin(), address.prefix.end(), [](unsigned char c) {
            return std::isalnum(c) != 0 ||
                   std::string_view("/._~-%:+").find(static_cast<char>(c)) !=
                       std::string_view::npos;
        });
    if (!good_path) {
        refuse("the path " + quote(address.prefix) + " has a character that is none of a path's");
    }
    return address;
}

Address parse_listen(std::string_view text) {
    return {parse_host_port(text, 0, 0)};
}

std::string parse_host(std::string_view text) {
    return lower(parse_host_port(text, 80, 0).host);
}

bool is_loopback(std::string_view host) {
    constexpr std::string_view mapped = "::ffff:";  // IPv4 in IPv6
    host.remove_prefix(host.starts_with(mapped) ? mapped.size() : 0);
    const bool is_number = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "::1" || (host.starts_with("127.") && is_number);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(text.begin(), text.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

}  // namespace http
