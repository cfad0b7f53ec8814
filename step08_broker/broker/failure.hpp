// Why there is no connection to the broker, and whether it is worth another try.

#pragma once

#include <nats/nats.h>

#include <stdexcept>
#include <string>

namespace broker {

// It cannot be reached now, but may be later.
class Unreachable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Throws what it means that an attempt to connect ended like this: Unreachable, or a
// std::runtime_error if retrying is of no use.
[[noreturn]] void throw_failure(natsStatus status, const std::string& broker);

}  // namespace broker
