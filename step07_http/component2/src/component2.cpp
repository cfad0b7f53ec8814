#include "component2/component2.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

std::string_view Component2::version() {
    return COMPONENT2_VERSION;
}

TransformResult Component2::transform(std::int32_t value) const {
    if (value < -9999 || value > 9999) {
        throw std::domain_error(std::to_string(value) +
                                " does not fit the four-digit format (-9999..9999)");
    }
    std::array<char, 16> text{};  // "Value-", a sign, four digits and the end: 12 at most
    std::snprintf(text.data(), text.size(), "Value-%04d", value);
    return {value, text.data()};
}

std::string Component2::analyze(const TransformResult& result) const {
    return "Analysis: " + std::to_string(result.original) + " maps to " + result.transformed;
}
