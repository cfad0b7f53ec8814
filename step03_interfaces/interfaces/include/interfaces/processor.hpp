// Processor: what the pipeline needs of its first stage.

#pragma once

#include <cstdint>

struct ProcessResult {
    std::int32_t value;
    bool processed;
};

// tag::processor[]
// The creator of a Processor owns it; any number of threads may call it at once, unless an
// implementation says otherwise. An implementation that cannot reach what does its work throws a
// std::runtime_error.
class Processor {
public:
    Processor() = default;
    Processor(const Processor&) = delete;
    Processor& operator=(const Processor&) = delete;
    virtual ~Processor() = default;

    // Twice the input. Throws std::domain_error if that does not fit 32 bits.
    virtual ProcessResult process(std::int32_t input) const = 0;

    // Whether the result was processed and is positive. Rejects nothing.
    virtual bool validate(const ProcessResult& result) const = 0;
};
// end::processor[]
