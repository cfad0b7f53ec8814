// Component1 as a cloud function: {"input":42} gives {"value":84,"processed":true}.
//
// With "op":"validate" a result like that gives {"valid":true}.

#include "component1/component1.hpp"
#include "operations.hpp"

int main() {
    const Component1 component;
    // tag::function[]
    const auto process = [&](const Json& event) -> Json {
        const ProcessResult result = component.process(int32_member(event, "input"));
        return {{"value", result.value}, {"processed", result.processed}};
    };
    const auto validate = [&](const Json& event) -> Json {
        const ProcessResult result{int32_member(event, "value"), bool_member(event, "processed")};
        return {{"valid", component.validate(result)}};
    };
    return run_function([&] { return handler_of({{"process", process}, {"validate", validate}}); });
    // end::function[]
}
