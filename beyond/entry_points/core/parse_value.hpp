// parse_value: a value as a person or a URL gives it.

#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

// What a door says of a text that is not a value.
inline constexpr std::string_view not_a_value =
    "is not a decimal integer from -2147483648 to 2147483647";

// A decimal integer with nothing around it; nothing if the text is not one or leaves 32 bits.
inline std::optional<std::int32_t> parse_value(std::string_view text) {
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}
