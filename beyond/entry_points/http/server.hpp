// The routes of the HTTP door.

#pragma once

#include <httplib.h>

// GET /value/42 and POST /value {"input":42} answer with the outcome: status 200, or 422 if a
// component refused the value. Other input gets a problem (RFC 9457). Also sets the
// limits; the handlers run on several threads at once.
void configure(httplib::Server& server);
