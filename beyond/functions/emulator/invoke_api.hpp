// The interface for callers: POST /2015-03-31/functions/NAME/invocations.

#pragma once

#include <map>
#include <memory>
#include <string>

#include "function.hpp"
#include "http_server.hpp"

using Functions = std::map<std::string, std::unique_ptr<Function>, std::less<>>;

void handle_call(Functions& functions, const HttpRequest& request, const Reply& reply);
