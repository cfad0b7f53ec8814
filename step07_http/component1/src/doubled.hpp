// Private to component1 and its test.

#pragma once

#include <cstdint>
#include <limits>
#include <optional>

// Twice the input, or nothing where that leaves 32 bits.
inline std::optional<std::int32_t> doubled(std::int32_t input) {
    const std::int64_t twice = std::int64_t{2} * input;
    if (twice < std::numeric_limits<std::int32_t>::min() ||
        twice > std::numeric_limits<std::int32_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::int32_t>(twice);
}
