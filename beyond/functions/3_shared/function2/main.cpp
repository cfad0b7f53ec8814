// Component2 as a cloud function: {"value":84} gives {"original":84,"transformed":"Value-0084"}.
//
// With "op":"analyze" a result like that gives {"analysis":"Analysis: 84 maps to Value-0084"}.

#include "component2/component2.hpp"
#include "operations.hpp"

int main() {
    const Component2 component;
    const auto transform = [&](const Json& event) -> Json {
        const TransformResult result = component.transform(int32_member(event, "value"));
        return {{"original", result.original}, {"transformed", result.transformed}};
    };
    const auto analyze = [&](const Json& event) -> Json {
        return {{"analysis", component.analyze({int32_member(event, "original"),
                                                string_member(event, "transformed")})}};
    };
    return run_function([&] {
        return handler_of({{"transform", transform}, {"analyze", analyze}});
    });
}
