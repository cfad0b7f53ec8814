// Pipeline: one value's way through a processor and a transformer.

#pragma once

#include <cstdint>
#include <iosfwd>

#include "interfaces/processor.hpp"
#include "interfaces/transformer.hpp"

// Borrows both, and they must outlive it. Any number of threads may call run() at once, each
// with a stream of its own.
class Pipeline {
public:
    Pipeline(const Processor& processor, const Transformer& transformer);

    // Writes the block of one value to out, and returns whether both accepted the value.
    // Lets every error but std::domain_error pass; what is in out by then is not a whole block.
    bool run(std::int32_t input, std::ostream& out) const;

private:
    const Processor& processor_;
    const Transformer& transformer_;
};
