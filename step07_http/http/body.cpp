#include "http/body.hpp"

#include <charconv>
#include <optional>
#include <system_error>

namespace http {
namespace {

constexpr std::size_t longest_line = 1024;  // of a chunk's size with extensions, of a trailer

// Without its end. Nothing if it does not come, or is too long.
std::optional<std::string> read_line(httplib::Stream& stream) {
    std::string line;
    for (char c = 0; line.size() < longest_line && stream.read(&c, 1) == 1;) {
        line += c;
        if (line.ends_with("\r\n")) {
            return line.substr(0, line.size() - 2);
        }
    }
    return std::nullopt;
}

bool read_bytes(httplib::Stream& stream, std::size_t count, std::string& body) {
    std::size_t end = body.size();
    body.resize(end + count);
    while (end < body.size()) {
        const ssize_t more = stream.read(body.data() + end, body.size() - end);
        if (more <= 0) {
            return false;
        }
        end += static_cast<std::size_t>(more);
    }
    return true;
}

// Nothing if the line does not begin with one.
std::optional<std::size_t> parse_size(const std::string& line) {
    std::size_t size = 0;
    const char* const end = line.data() + line.size();
    const auto [rest, error] = std::from_chars(line.data(), end, size, 16);
    const bool is_size = error == std::errc{} && (rest == end || *rest == ';' || *rest == ' ');
    return is_size ? std::optional(size) : std::nullopt;
}

BodyEnd read_chunks(httplib::Stream& stream, std::size_t most, std::string& body) {
    for (;;) {
        const auto line = read_line(stream);
        const auto size = line ? parse_size(*line) : std::nullopt;
        if (!size) {
            return BodyEnd::malformed;
        }
        if (*size == 0) {
            break;
        }
        if (*size > most - body.size()) {
            return BodyEnd::too_far;
        }
        if (!read_bytes(stream, *size, body) || read_line(stream) != "") {
            return BodyEnd::malformed;
        }
    }
    for (auto trailer = read_line(stream); trailer; trailer = read_line(stream)) {
        if (trailer->empty()) {
            return BodyEnd::reached;
        }
    }
    return BodyEnd::malformed;
}

}  // namespace

BodyEnd read_body(httplib::Stream& stream, const RequestHead& head, std::size_t most,
                  std::string& body) {
    if (head.is_chunked) {
        return read_chunks(stream, most, body);
    }
    const std::size_t length = head.length.value_or(0);
    return length > most                      ? BodyEnd::too_far
           : read_bytes(stream, length, body) ? BodyEnd::reached
                                              : BodyEnd::malformed;
}

}  // namespace http
