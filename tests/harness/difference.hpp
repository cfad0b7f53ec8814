// Difference: where two long texts part, as a message for a failed test.

#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

// "none" if they are the same.
inline std::string difference(std::string_view actual, std::string_view expected) {
    if (actual == expected) {
        return "none";
    }
    const auto [end, ignored] =
        std::mismatch(actual.begin(), actual.end(), expected.begin(), expected.end());
    const auto same = static_cast<std::size_t>(end - actual.begin());
    const std::size_t line_start = actual.substr(0, same).rfind('\n') + 1;
    const auto line_of = [&](std::string_view text) {
        return text.substr(line_start, text.find('\n', same) - line_start);
    };
    std::ostringstream message;
    message << "line " << std::count(actual.begin(), end, '\n') + 1 << ": '" << line_of(actual)
            << "' instead of '" << line_of(expected) << "'";
    return message.str();
}
