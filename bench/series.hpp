// A series of times as a member of a JSON object.

#pragma once

#include <string>
#include <vector>

// Appends "series": {its median, 99th percentile and count}. Sorts the times, which are
// nanoseconds.
void append_series(std::string& members, const std::string& series, std::vector<double>& times);
