// Component1: doubles a value and judges the result.

#pragma once

#include <cstdint>
#include <string_view>

struct ProcessResult {
    std::int32_t value;
    bool processed;
};

// Stateless, so any number of threads may call it at once.
// tag::component1[]
class Component1 {
public:
    static std::string_view version();

    // Twice the input. Throws std::domain_error if that does not fit 32 bits.
    ProcessResult process(std::int32_t input) const;

    // Whether the result was processed and is positive. Never fails.
    bool validate(const ProcessResult& result) const;
};
// end::component1[]
