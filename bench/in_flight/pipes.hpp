// Lines of JSON over two pipes to each child, as in step 06.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "in_flight/carrier.hpp"

// One child for each of the two programs, or, if none are given, two that answer as plainly as can
// be.
std::unique_ptr<Carrier> carry_by_pipes(const std::vector<std::string>& programs);
