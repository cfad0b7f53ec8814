// A function that has several operations: which one an event is for, and what its errors are.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "protocol/payloads.hpp"
#include "runtime.hpp"

struct Operation {
    std::string name;
    std::function<std::string(const protocol::Json& event)> run;
};

// An event without "op" is for the first. What is no event for any is a MalformedEvent.
Handler handler_of(const std::vector<Operation>& operations);
