// Requests through a broker on one connection, as in step 08.

#pragma once

#include <memory>
#include <string>

#include "in_flight/carrier.hpp"

// An operation's subject is its name behind the prefix.
std::unique_ptr<Carrier> carry_by_nats(const std::string& url, const std::string& prefix);
