// Component1 as a cloud function: {"input":42} gives {"value":84,"processed":true}.
//
// With "op":"validate" a result like that gives {"valid":true}.

#include "component1/component1.hpp"
#include "operations.hpp"

int main() {
    using namespace protocol;
    const Component1 component;
    // tag::function[]
    return run_function([&] {
        return handler_of({
            {"process",
             [&](const Json& event) { return write(component.process(read_input(event))); }},
            {"validate",
             [&](const Json& event) {
                 return write_valid(component.validate(read_process_result(event)));
             }},
        });
    });
    // end::function[]
}
