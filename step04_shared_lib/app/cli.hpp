// Command line: what the user wants, and the values to work on.

#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

extern const std::string_view usage;  // the text of --help

enum ExitStatus : int { success = 0, domain_failure = 1, usage_failure = 2, boundary_failure = 3 };

struct Options {
    bool quiet = false;
    bool help = false;
    bool version = false;
    bool from_stdin = false;
    std::vector<std::int32_t> values;
};

// A decimal integer with an optional sign and nothing around it; nothing if the text is not one or
// leaves 32 bits.
std::optional<std::int32_t> parse_value(std::string_view text);

// The arguments without the program's name. Throws std::invalid_argument if any of them is wrong.
Options parse_arguments(std::span<const char* const> arguments);

// The values to work on, one after another: those of the command line or, on "-", the lines of a
// stream. Borrows both streams. One thread at a time.
class ValueSource {
public:
    ValueSource(const Options& options, std::istream& in, std::ostream& errors);

    // The next value, or nothing at the end. A line that is not a value is reported on the error
    // stream and skipped. Throws std::system_error if the stream cannot be read.
    std::optional<std::int32_t> next();

    bool saw_bad_line() const { return saw_bad_line_; }

private:
    std::optional<std::int32_t> next_line();

    bool from_stdin_;
    std::vector<std::int32_t> values_;
    std::size_t position_ = 0;  // of the next value, or of the line read last
    std::istream& in_;
    std::ostream& errors_;
    bool saw_bad_line_ = false;
};
