#include "series.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace {

// By the nearest rank.
double percentile(const std::vector<double>& sorted, double percent) {
    const double rank = std::ceil(percent / 100 * static_cast<double>(sorted.size()));
    return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

}  // namespace

void append_series(std::string& members, const std::string& series, std::vector<double>& times) {
    if (times.empty()) {
        return;
    }
    std::sort(times.begin(), times.end());
    std::ostringstream text;
    text << (members.empty() ? "" : ", ") << '"' << series
         << "\": {\"median\": " << percentile(times, 50) << ", \"p99\": " << percentile(times, 99)
         << ", \"count\": " << times.size() << '}';
    members += text.str();
}
