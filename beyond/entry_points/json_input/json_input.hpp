// A value, read from JSON.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

// The value of {"input":42}; nothing if the text is not JSON, or the input not a 32-bit integer.
// Other members are ignored.
std::optional<std::int32_t> input_of(std::string_view text);
