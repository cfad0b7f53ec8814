// The options that say where the broker is, for the app and for the services.

#pragma once

#include <string>

#include "arguments.hpp"
#include "broker/address.hpp"

namespace broker {

struct Options {
    std::string urls;  // empty: not given
    std::string ca_file;

    // Takes --nats or --tls-ca and its value; returns false if it is neither. Throws
    // std::invalid_argument.
    bool take(Arguments& arguments);

    // What they say, else the environment (NATS_URL, NATS_CA, NATS_USER and NATS_PASSWORD or
    // NATS_TOKEN), else nats://127.0.0.1:4222. Throws std::invalid_argument.
    Address address() const;
};

}  // namespace broker
