// Ledger: counts how often each value was asked for. Unlike the calls of the nine steps this one
// changes something, so it matters how often it is made.

#pragma once

#include <cstdint>
#include <string>

// tag::ledger[]
struct Request {
    std::string key;  // names the request: the same, however often it is sent
    std::int32_t value;
};

struct Entry {
    std::int32_t value;  // what Component1 makes of the request's
    std::int32_t count;  // how often that was asked for, with this time
};

class Ledger {
public:
    Ledger() = default;
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;
    virtual ~Ledger() = default;

    // Counts, and returns the entry. Throws std::domain_error if the value is refused; it is not
    // counted then.
    virtual Entry record(const Request& request) = 0;
};
// end::ledger[]
