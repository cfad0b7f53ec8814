// Requests come as messages on the subjects of the operations.

#pragma once

#include "broker/connection.hpp"
#include "service/run_service.hpp"
#include "service/service_options.hpp"

// Until SIGTERM or SIGINT comes; then the requests in hand are finished. Throws std::runtime_error
// if the broker refuses the service.
void serve_subjects(const Service& service, const ServiceOptions& options,
                    const broker::Settings& broker);
