// What an HTTP service answers to which method and path.

#pragma once

#include <httplib.h>

#include <set>
#include <string>

#include "service/run_service.hpp"

// Borrows service and story until the server has ended. POST /OPERATION runs an operation, GET
// /health tells name and version; all else is refused with a problem. A request must name one of
// these hosts or loopback; any, if names is empty. Of operations no more than the limit are run at
// once, any number if it is 0; the next one is answered 503.
void add_routes(httplib::Server& server, const Service& service, std::set<std::string> names,
                int limit, const Story& story);
