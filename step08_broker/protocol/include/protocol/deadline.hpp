// Until when a caller waits for an answer, as its request tells it.

#pragma once

#include <charconv>
#include <chrono>
#include <limits>
#include <string>
#include <string_view>

// Plain functions: any thread.
namespace protocol {

// A header: milliseconds since 1970. The clocks of both hosts have to agree.
constexpr const char* deadline_header = "X-Deadline";

inline std::chrono::milliseconds time_since_1970() {
    using std::chrono::milliseconds;
    return std::chrono::duration_cast<milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
}

inline std::string deadline_in(std::chrono::milliseconds limit) {
    return std::to_string((time_since_1970() + limit).count());
}

// Whether nobody waits any more. A text that begins with no number is no deadline.
inline bool is_late(std::string_view deadline) {
    long long given = std::numeric_limits<long long>::max();
    std::from_chars(deadline.data(), deadline.data() + deadline.size(), given);
    return time_since_1970().count() >= given;
}

}  // namespace protocol
