// A batch: many values, several at once, printed in the order in which they came.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <vector>

#include "values.hpp"

// Runs the value with this number, counted from 0, writes its block to the stream, and returns
// whether the components accepted the value.
using RunValue = std::function<bool(std::size_t number, std::int32_t value, std::ostream& block)>;

struct BatchResult {
    bool all_accepted;
    bool saw_bad_line;
};

// Runs all values, each worker on a thread of its own. If a value fails for good, the values before
// it are still printed, and std::runtime_error is thrown. A worker that waits for standard input is
// left behind then, and does nothing any more. The same happens if the system has too few threads.
BatchResult run_batch(const Values& values, const std::vector<RunValue>& workers);
