// Client: asks a service, wherever it is.

#pragma once

#include "protocol/messages.hpp"

class Client {
public:
    Client() = default;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    virtual ~Client() = default;

    // tag::client[]
    // The service's reply, of the type that belongs to the request. Throws std::domain_error if the
    // service refuses the value, and std::runtime_error if there is no reply to be had. The request
    // may reach the service more than once: all calls are pure, so that does no harm.
    virtual protocol::Reply call(const protocol::Request& request) = 0;
    // end::client[]
};
