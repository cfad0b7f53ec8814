// Component2 as a cloud function: {"value":84} gives {"original":84,"transformed":"Value-0084"}.
//
// With "op":"analyze" a result like that gives {"analysis":"Analysis: 84 maps to Value-0084"}.

#include <nlohmann/json.hpp>

#include "component2/component2.hpp"
#include "runtime.hpp"

namespace {

using Json = nlohmann::json;
using Object = nlohmann::ordered_json;  // keeps the order of its members

void require(bool good, const std::string& what) {
    if (!good) {
        throw FunctionError("MalformedEvent", what);
    }
}

const Json& member(const Json& event, const char* name) {
    const auto found = event.find(name);
    require(found != event.end(), "'" + std::string(name) + "' is missing");
    return *found;
}

// tag::int32_member[]
std::int32_t int32_member(const Json& event, const char* name) {
    const Json& value = member(event, name);
    require(value.is_number(), "'" + std::string(name) + "' is not a 32-bit integer");
    return value.get<std::int32_t>();
}
// end::int32_member[]

std::string transform(const Component2& component, const Json& event) {
    const TransformResult result = component.transform(int32_member(event, "value"));
    return Object{{"original", result.original}, {"transformed", result.transformed}}.dump();
}

std::string analyze(const Component2& component, const Json& event) {
    const Json& transformed = member(event, "transformed");
    require(transformed.is_string(), "'transformed' is not a string");
    const TransformResult result{int32_member(event, "original"), transformed.get<std::string>()};
    return Object{{"analysis", component.analyze(result)}}.dump();
}

// tag::handle[]
std::string handle(const std::string& text, const Context&) {
    const Component2 component;
    const Json event = Json::parse(text, nullptr, false);
    require(event.is_object(), "the message is not a JSON object");
    const Json op = event.contains("op") ? event["op"] : Json("transform");
    if (op == "transform") {
        return transform(component, event);
    }
    require(op == "analyze", "there is no such 'op'");
    return analyze(component, event);
}
// end::handle[]

}  // namespace

int main() {
    return run_function([] { return handle; });
}
