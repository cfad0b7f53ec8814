// Component2: turns a value into its text form and says what it did.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "interfaces/transformer.hpp"

// Stateless, so any number of threads may call it at once.
class Component2 final : public Transformer {
public:
    static std::string_view version();

    TransformResult transform(std::int32_t value) const override;
    std::string analyze(const TransformResult& result) const override;
};
