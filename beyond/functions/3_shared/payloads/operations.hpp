// A function that has several operations: which one an event is for, what is in it, and what its
// errors are.

#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "runtime.hpp"

using Json = nlohmann::ordered_json;  // keeps the order of its members

// Each returns a member of the event. Throws MalformedEvent, a FunctionError, if it is missing or
// something else.
std::int32_t int32_member(const Json& event, const char* name);
bool bool_member(const Json& event, const char* name);
std::string string_member(const Json& event, const char* name);

struct Operation {
    std::string name;
    std::function<Json(const Json& event)> run;
};

// An event without "op" is for the first. What is no event for any is a MalformedEvent.
Handler handler_of(const std::vector<Operation>& operations);
