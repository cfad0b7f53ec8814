// What an HTTP service answers to which method and path.

#pragma once

#include <httplib.h>

#include "service/run_service.hpp"

// Borrows both until the server has ended. POST /OPERATION runs an operation, GET /health tells
// name and version; all else is refused with a problem.
void add_routes(httplib::Server& server, const Service& service, const Story& story);
