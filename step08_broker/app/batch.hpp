// A batch: many values, several at once, printed in the order in which they came.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string_view>
#include <vector>

#include "values.hpp"

// Runs the value with this number, counted from 0, writes its block to the stream, and returns
// whether the components accepted the value.
using RunValue = std::function<bool(std::size_t number, std::int32_t value, std::ostream& block)>;

// Runs all values, each worker on a thread of its own, and returns whether all of them were
// accepted. If a value fails for good, the program ends with boundary_failure when it is that
// value's turn to be printed, since the other workers may still wait for input or for services.
bool run_batch(ValueSource& values, const std::vector<RunValue>& workers);
