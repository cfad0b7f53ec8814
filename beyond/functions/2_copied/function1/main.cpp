// Component1 as a cloud function: {"input":42} gives {"value":84,"processed":true}.
//
// With "op":"validate" a result like that gives {"valid":true}.

#include <limits>
#include <nlohmann/json.hpp>

#include "component1/component1.hpp"
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
    using Limits = std::numeric_limits<std::int32_t>;
    const Json& value = member(event, name);
    const bool whole = value.is_number_integer();  // get<int>() would make 2 of 2.9
    const bool fits =
        value.is_number_unsigned()
            ? value.get<std::uint64_t>() <= std::uint64_t{Limits::max()}
            : whole && value.get<std::int64_t>() >= Limits::min();  // so it is negative
    require(fits, "'" + std::string(name) + "' is not a 32-bit integer");
    return value.get<std::int32_t>();
}
// end::int32_member[]

std::string process(const Component1& component, const Json& event) {
    const ProcessResult result = component.process(int32_member(event, "input"));
    return Object{{"value", result.value}, {"processed", result.processed}}.dump();
}

std::string validate(const Component1& component, const Json& event) {
    const Json& processed = member(event, "processed");
    require(processed.is_boolean(), "'processed' is not true or false");
    const ProcessResult result{int32_member(event, "value"), processed.get<bool>()};
    return Object{{"valid", component.validate(result)}}.dump();
}

// tag::handle[]
std::string handle(const std::string& text, const Context&) {
    const Component1 component;
    const Json event = Json::parse(text, nullptr, false);
    require(event.is_object(), "the message is not a JSON object");
    const Json op = event.contains("op") ? event["op"] : Json("process");
    if (op == "process") {
        return process(component, event);
    }
    require(op == "validate", "there is no such 'op'");
    return validate(component, event);
}
// end::handle[]

}  // namespace

int main() {
    return run_function([] { return handle; });
}
