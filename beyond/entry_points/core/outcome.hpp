// Outcome: what became of one value, as data. Every entry point answers with it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "interfaces/processor.hpp"
#include "interfaces/transformer.hpp"

// tag::outcome[]
// A stage that refused the value left the reason in error; what comes after it is missing.
struct Outcome {
    std::int32_t input = 0;
    std::optional<ProcessResult> processed;
    bool valid = false;
    std::optional<TransformResult> transformed;
    std::string analysis;
    std::string error;

    bool refused() const { return !error.empty(); }
};

// Runs the value through step 03's components. A value that is refused has an outcome, too; every
// other error passes. Any number of threads may call it at once.
Outcome evaluate(std::int32_t input);

// The outcome as one line of JSON, in the form of outcome.schema.json: always the same bytes.
std::string to_json(const Outcome& outcome);
// end::outcome[]
