// HTTP by hand, one connection for each request in progress, as in step 07.

#pragma once

#include <memory>
#include <vector>

#include "in_flight/carrier.hpp"

// To the ports of the two services.
std::unique_ptr<Carrier> carry_by_http(const std::vector<int>& ports);
