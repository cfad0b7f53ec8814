// Component1: doubles a value and judges the result.

#pragma once

#include <cstdint>
#include <string_view>

#include "component1_export.h"
#include "interfaces/processor.hpp"

// Stateless, so any number of threads may call it at once.
// tag::component1[]
class COMPONENT1_EXPORT Component1 final : public Processor {
public:
    static std::string_view version();

    ProcessResult process(std::int32_t input) const override;
    bool validate(const ProcessResult& result) const override;
};
// end::component1[]
