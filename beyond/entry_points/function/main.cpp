// A cloud function as an entry point: {"input":42} is an event, the outcome its result.

#include <string>

#include "core/outcome.hpp"
#include "core/parse_value.hpp"
#include "json_input/json_input.hpp"
#include "runtime.hpp"

namespace {

// A refused value is a result; what is no value is an error.
std::string answer(const std::string& event, const Context&) {
    const auto value = input_of(event);
    if (!value) {
        throw FunctionError("InvalidInput", "the input " + std::string(not_a_value));
    }
    return to_json(evaluate(*value));
}

}  // namespace

int main() {
    return run_function([] { return Handler(answer); });
}
