#include "component1.hpp"

#include <limits>
#include <stdexcept>
#include <string>

std::optional<std::int32_t> doubled(std::int32_t input) {
    const std::int64_t twice = std::int64_t{2} * input;
    if (twice < std::numeric_limits<std::int32_t>::min() ||
        twice > std::numeric_limits<std::int32_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::int32_t>(twice);
}

// tag::process[]
ProcessResult Component1::process(std::int32_t input) const {
    const std::optional<std::int32_t> value = doubled(input);
    if (!value) {
        throw std::domain_error("2 x " + std::to_string(input) + " does not fit a 32-bit integer");
    }
    return {*value, true};
}
// end::process[]

bool Component1::validate(const ProcessResult& result) const {
    return result.processed && result.value > 0;
}
