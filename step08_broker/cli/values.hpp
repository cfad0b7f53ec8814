// The values that the program works on, as text.

#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

// The value that a text is; nothing if it is none or has something around it.
std::optional<std::int32_t> parse_value(std::string_view text);

// The text for an error message: cut if long, and nothing in it that could command a terminal.
std::string quote(std::string_view text);

// Calls use() with the value on each line, skips blank lines, and tells on stderr of those that are
// no values. Returns whether there were none. Throws std::runtime_error if stdin cannot be read.
bool read_values(std::istream& lines, const std::function<void(std::int32_t)>& use);
