// Serves over HTTP.

#pragma once

#include <string>

#include "service/run_service.hpp"
#include "service/service_options.hpp"

// POST /OPERATION runs an operation, GET /health tells name and version. Prints the URL when it
// listens, serves until SIGTERM or SIGINT comes, then finishes the requests in hand. Port 0 is any
// that is free. Throws std::runtime_error if it cannot listen, or later accept.
void serve(const Service& service, const ServiceOptions& options, const std::string& host,
           int port);
