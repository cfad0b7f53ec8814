// Component2 as a cloud function: {"value":84} gives {"original":84,"transformed":"Value-0084"}.
//
// With "op":"analyze" a result like that gives {"analysis":"Analysis: 84 maps to Value-0084"}.

#include "component2/component2.hpp"
#include "operations.hpp"

int main() {
    using namespace protocol;
    const Component2 component;
    return run_function([&] {
        return handler_of({
            {"transform",
             [&](const Json& event) { return write(component.transform(read_value(event))); }},
            {"analyze",
             [&](const Json& event) {
                 return write_analysis(component.analyze(read_transform_result(event)));
             }},
        });
    });
}
