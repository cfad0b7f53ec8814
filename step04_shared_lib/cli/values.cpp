#include "values.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "shell.hpp"

namespace {

constexpr const char* not_a_value = " is not a decimal integer from -2147483648 to 2147483647";

// What is kept of a line: enough to see whether it is a value, however long it is.
constexpr std::size_t longest_line = 64;
constexpr std::size_t longest_zeros = 48;  // at the front of a number; more of them mean nothing

bool is_only_zeros(std::string_view number) {
    const bool has_sign = number.starts_with('-') || number.starts_with('+');
    return number.find_first_not_of('0', has_sign ? 1 : 0) == std::string_view::npos;
}

}  // namespace

std::optional<std::int32_t> parse_value(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-")) {
        text.remove_prefix(1);
    }
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::string quote(std::string_view text) {
    constexpr std::size_t limit = 40;
    std::string shown(text.substr(0, limit));
    std::replace_if(
        shown.begin(), shown.end(), [](unsigned char c) { return std::isprint(c) == 0; }, '?');
    return "'" + shown + (text.size() > limit ? "...'" : "'");
}

void Values::take(std::string_view argument) {
    if (argument == "-") {
        from_stdin = true;
    } else if (const auto value = parse_value(argument)) {
        given.push_back(*value);
    } else if (argument.starts_with('-') && argument.find_first_of("0123456789") != 1) {
        throw std::invalid_argument("unknown option " + quote(argument));
    } else {
        throw std::invalid_argument(quote(argument) + not_a_value);
    }
}

void Values::complete() {
    if (from_stdin && !given.empty()) {
        throw std::invalid_argument(
            "'-' takes the values from standard input: give either '-' or values");
    }
    if (!from_stdin && given.empty()) {
        given.push_back(42);
    }
}

StandardInput::int_type StandardInput::underflow() {
    while (!ended_) {
        const ssize_t count = read(STDIN_FILENO, buffer_.data(), buffer_.size());
        if (count > 0) {
            setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
            return traits_type::to_int_type(buffer_.front());
        }
        if (count == 0) {
            ended_ = true;  // a terminal would go on after Ctrl-D
        } else if (errno == EAGAIN) {
            wait_until_ready(STDIN_FILENO, POLLIN);
        } else if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "cannot read standard input");
        }
    }
    return traits_type::eof();
}

ValueSource::ValueSource(Values values, std::streambuf& in, Complaint complain)
    : values_(std::move(values)), in_(in), complain_(std::move(complain)) {}

std::optional<std::int32_t> ValueSource::next() {
    if (values_.from_stdin) {
        return next_line();
    }
    return position_ < values_.given.size() ? std::optional(values_.given[position_++])
                                            : std::nullopt;
}

std::optional<std::int32_t> ValueSource::next_line() {
    for (std::string line; read_line(line);) {
        ++position_;
        if (line.empty()) {
            continue;
        }
        if (const auto value = parse_value(line)) {
            return value;
        }
        complain_("app: line " + std::to_string(position_) + ": " + quote(line) + not_a_value +
                  ", skipped");
        saw_bad_line_ = true;
    }
    return std::nullopt;
}

// Reads a whole line, and leaves in it what is kept, without the blanks at its ends. Returns false
// at the end of the stream.
bool ValueSource::read_line(std::string& line) {
    line.clear();
    std::size_t blanks = 0;  // since the last character kept
    for (bool any = false;; any = true) {
        const int c = in_.sbumpc();
        if (c == '\n' || c == std::streambuf::traits_type::eof()) {
            return any || c == '\n';
        }
        if (c == ' ' || c == '\t' || c == '\r') {
            ++blanks;
            continue;
        }
        if (!line.empty()) {
            line.append(std::min(blanks, longest_line - line.size()), ' ');
        }
        blanks = 0;
        if (line.size() >= longest_zeros && is_only_zeros(line)) {
            line.pop_back();
        }
        if (line.size() < longest_line) {
            line += static_cast<char>(c);
        }
    }
}
