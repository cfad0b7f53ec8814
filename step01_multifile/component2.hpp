// Component2: turns a value into its text form and says what it did.

#pragma once

#include <cstdint>
#include <string>

struct TransformResult {
    std::int32_t original;
    std::string transformed;
};

// Stateless, so any number of threads may call it at once.
class Component2 {
public:
    // "Value-" and the value in at least four digits. Throws std::domain_error outside -9999..9999.
    TransformResult transform(std::int32_t value) const;

    // One sentence that tells what was mapped to what. Never fails.
    std::string analyze(const TransformResult& result) const;
};
