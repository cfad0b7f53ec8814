// Pipeline: one value's way through both components.

#pragma once

#include <cstdint>
#include <iosfwd>

#include "component1.hpp"
#include "component2.hpp"

// Borrows the components, which must outlive it. Any number of threads may call run() at once, each
// with a stream of its own.
class Pipeline {
public:
    Pipeline(const Component1& component1, const Component2& component2);

    // Writes the block of one value to out, and returns whether both components accepted the value.
    // Lets every error but std::domain_error pass; what is in out by then is not a whole block.
    bool run(std::int32_t input, std::ostream& out) const;

private:
    const Component1& component1_;
    const Component2& component2_;
};
