// The values that the program works on: from the command line or from standard input.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

// A decimal integer with an optional sign and nothing around it; nothing if the text is not one or
// leaves 32 bits.
std::optional<std::int32_t> parse_value(std::string_view text);

// The text in quotes for an error message: cut if long, and nothing in it that could command a
// terminal.
std::string quote(std::string_view text);

// What a command line says of the values.
struct Values {
    std::vector<std::int32_t> given;
    bool from_stdin = false;

    // Takes an argument that is no option: a value, or "-". Throws std::invalid_argument.
    void take(std::string_view argument);

    // After the last argument: 42 if there was none. Throws std::invalid_argument if there were
    // values beside "-".
    void complete();
};

// The bytes of standard input, as they come. One thread at a time. Throws std::system_error.
class StandardInput final : public std::streambuf {
    int_type underflow() override;

    std::array<char, 4096> buffer_;
    bool ended_ = false;
};

// The values, one after another. Borrows the stream. One thread at a time.
class ValueSource {
public:
    using Complaint = std::function<void(std::string line)>;

    ValueSource(Values values, std::streambuf& in, Complaint complain);

    // The next value, or nothing at the end. A line that is not a value is complained about and
    // skipped. Lets what the stream throws pass.
    std::optional<std::int32_t> next();

    bool saw_bad_line() const { return saw_bad_line_; }

private:
    std::optional<std::int32_t> next_line();
    bool read_line(std::string& line);

    Values values_;
    std::size_t position_ = 0;  // of the next value, or of the line read last
    std::streambuf& in_;
    Complaint complain_;
    bool saw_bad_line_ = false;
};
