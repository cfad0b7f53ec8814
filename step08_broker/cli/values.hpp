// The values that the program works on, as text.

#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

// Parses the whole text as a value; nullopt if it is not one.
std::optional<std::int32_t> parse_value(std::string_view text);

// The text for an error message: cut if long, control characters replaced.
std::string quote(std::string_view text);

// Calls use() with the value on each line, skips blank lines, and reports bad lines on stderr.
// Returns whether every line was good. Throws std::runtime_error if stdin cannot be read.
bool read_values(std::istream& lines, const std::function<void(std::int32_t)>& use);
