// What the fuzz targets share. A target is a function that is given any bytes; what it lets escape
// as an exception, a property that does not hold, and what a sanitizer sees, is a find.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Takes the first byte, which says what to do with the others; 0 if there is none.
inline unsigned take_choice(std::string_view& input) {
    if (input.empty()) {
        return 0;
    }
    const auto choice = static_cast<unsigned char>(input.front());
    input.remove_prefix(1);
    return choice;
}

inline void require(bool holds, const char* property) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", property);
        std::abort();
    }
}
