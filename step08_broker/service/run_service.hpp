// A component that answers requests from outside its process.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "protocol/payloads.hpp"

// Any number of threads may call its operations at once.
struct Service {
    // Makes the result of the parameters. Throws std::domain_error for a value that is refused, and
    // what the conversions throw for malformed parameters.
    using Operation = std::function<protocol::Json(const protocol::Json& params)>;

    std::string name;
    std::string version;  // of the component
    std::map<std::string, Operation> operations;
};

// The service's main(), from the arguments without the program's name to the exit status.
int run_service(const Service& service, const std::vector<std::string>& arguments);
