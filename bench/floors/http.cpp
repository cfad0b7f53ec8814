#include "http.hpp"

#include <charconv>
#include <string_view>

namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";
constexpr std::string_view length_header = "\r\nContent-Length: ";

std::string headers(const std::string& body) {
    return "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

}  // namespace

std::string http_request(const std::string& path, const std::string& body) {
    return "POST /" + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers(body);
}

std::string http_response(const std::string& body) {
    return "HTTP/1.1 200 OK\r\n" + headers(body);
}

bool is_whole_http(const std::string& bytes) {
    const std::size_t end = bytes.find(end_of_head);
    const std::size_t header = bytes.find(length_header);
    if (end == std::string::npos || header >= end) {
        return false;
    }
    std::size_t length = 0;
    std::from_chars(bytes.data() + header + length_header.size(), bytes.data() + end, length);
    return bytes.size() == end + end_of_head.size() + length;
}

std::string http_path(const std::string& request) {
    const std::size_t begin = request.find('/') + 1;
    return request.substr(begin, request.find(' ', begin) - begin);
}

std::string http_body(const std::string& message) {
    return message.substr(message.find(end_of_head) + end_of_head.size());
}

bool is_last_of_connection(const std::string& message) {
    return message.find("\r\nConnection: close\r\n") < message.find(end_of_head);
}
