#include "operations.hpp"

#include <algorithm>
#include <limits>

namespace {

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

}  // namespace

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

bool bool_member(const Json& event, const char* name) {
    const Json& value = member(event, name);
    require(value.is_boolean(), "'" + std::string(name) + "' is not true or false");
    return value.get<bool>();
}

std::string string_member(const Json& event, const char* name) {
    const Json& value = member(event, name);
    require(value.is_string(), "'" + std::string(name) + "' is not a string");
    return value.get<std::string>();
}

// tag::handler[]
Handler handler_of(const std::vector<Operation>& operations) {
    return [operations](const std::string& text, const Context&) {
        const Json event = Json::parse(text, nullptr, false);
        require(event.is_object(), "the message is not a JSON object");
        const std::string name =
            event.contains("op") ? string_member(event, "op") : operations[0].name;
        const auto operation = std::ranges::find(operations, name, &Operation::name);
        require(operation != operations.end(), "there is no such 'op'");
        return operation->run(event).dump();
    };
}
// end::handler[]
