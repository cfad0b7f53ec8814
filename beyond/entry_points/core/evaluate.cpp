#include <stdexcept>

#include "component1/component1.hpp"
#include "component2/component2.hpp"
#include "core/outcome.hpp"

// tag::evaluate[]
Outcome evaluate(std::int32_t input) {
    const Component1 component1;
    const Component2 component2;
    Outcome outcome;
    outcome.input = input;
    try {
        outcome.processed = component1.process(input);
        outcome.valid = component1.validate(*outcome.processed);
        outcome.transformed = component2.transform(outcome.processed->value);
        outcome.analysis = component2.analyze(*outcome.transformed);
    } catch (const std::domain_error& error) {
        outcome.error = error.what();
    }
    return outcome;
}
// end::evaluate[]
