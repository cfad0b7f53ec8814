// Transformer: what the pipeline needs of its second stage.

#pragma once

#include <cstdint>
#include <string>

struct TransformResult {
    std::int32_t original;
    std::string transformed;
};

// The creator of a Transformer owns it; any number of threads may call it at once, unless an
// implementation says otherwise. An implementation that cannot reach what does its work throws a
// std::runtime_error.
class Transformer {
public:
    Transformer() = default;
    Transformer(const Transformer&) = delete;
    Transformer& operator=(const Transformer&) = delete;
    virtual ~Transformer() = default;

    // "Value-" and the value in at least four digits. Throws std::domain_error outside -9999..9999.
    virtual TransformResult transform(std::int32_t value) const = 0;

    // One sentence that tells what was mapped to what. Rejects nothing.
    virtual std::string analyze(const TransformResult& result) const = 0;
};
