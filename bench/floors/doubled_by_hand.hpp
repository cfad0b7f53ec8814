// The work of process(), for the calls that are written by hand.

#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

template <int Copy>
std::int32_t doubled_by_hand(std::int32_t input) {
    const std::int64_t twice = std::int64_t{2} * input;
    if (twice < std::numeric_limits<std::int32_t>::min() ||
        twice > std::numeric_limits<std::int32_t>::max()) {
        // The number keeps the compiler from merging the copies.
        throw std::domain_error("copy " + std::to_string(Copy) + ": does not fit");
    }
    return static_cast<std::int32_t>(twice);
}
