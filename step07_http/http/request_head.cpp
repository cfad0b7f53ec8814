#include "http/request_head.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "http/address.hpp"

namespace http {
namespace {

bool is_token(std::string_view name) {
    return name.find_first_of(" \t\r\n\v\f\"(),/:;<=>?@[\\]{}") == std::string_view::npos;
}

// The value of all headers of this name; nothing if there is none. Throws if they differ.
std::optional<std::string> only_value(const httplib::Request& request, const char* name) {
    const auto [begin, end] = request.headers.equal_range(name);
    const bool differ =
        std::any_of(begin, end, [&](const auto& header) { return header.second != begin->second; });
    if (differ) {
        throw std::invalid_argument(std::string("more than one ") + name);
    }
    return begin == end ? std::nullopt : std::optional(begin->second);
}

std::size_t parse_length(std::string_view text) {
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw std::invalid_argument("Content-Length is no number");
    }
    return length;
}

void set_end(RequestHead& head, const httplib::Request& request) {
    if (const auto length = only_value(request, "Content-Length")) {
        head.length = parse_length(*length);
    }
    if (request.has_header("Transfer-Encoding")) {
        head.is_chunked = request.get_header_value_count("Transfer-Encoding") == 1 &&
                          lower(request.get_header_value("Transfer-Encoding")) == "chunked";
        if (!head.is_chunked || head.length || request.version == "HTTP/1.0") {
            throw std::invalid_argument("Transfer-Encoding is not only chunked");
        }
    }
    head.is_last = (", " + lower(request.get_header_value("Connection")) + ',').find(" close,") !=
                   std::string::npos;
}

void set_receiver(RequestHead& head, const httplib::Request& request) {
    const std::size_t hosts = request.get_header_value_count("Host");
    if (hosts > 1 || (hosts == 0 && request.version != "HTTP/1.0")) {
        throw std::invalid_argument("not one Host");
    }
    std::string authority = request.get_header_value("Host");
    head.path = request.path;
    constexpr std::string_view scheme = "http://";
    if (lower(head.path.substr(0, scheme.size())) == scheme) {  // its host is the one that counts
        const std::size_t slash = std::min(head.path.find('/', scheme.size()), head.path.size());
        authority = head.path.substr(scheme.size(), slash - scheme.size());
        head.path = slash == head.path.size() ? "/" : head.path.substr(slash);
    }
    head.host = authority.empty() ? "" : parse_host(authority);
}

}  // namespace

RequestHead parse_head(const httplib::Request& request) {
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name)) {
            throw std::invalid_argument("a header's name is malformed");
        }
    }
    RequestHead head;
    set_end(head, request);
    set_receiver(head, request);
    return head;
}

}  // namespace http
