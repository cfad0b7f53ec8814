#include "component1/component1.hpp"

#include <optional>
#include <stdexcept>
#include <string>

#include "doubled.hpp"

std::string_view Component1::version() {
    return COMPONENT1_VERSION;
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
