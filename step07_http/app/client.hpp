// A connection to a service, by any transport.

#pragma once

#include <functional>
#include <string>

#include "protocol/payloads.hpp"

// As thread-safe as its implementation says.
class Client {
public:
    Client() = default;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    virtual ~Client() = default;

    // tag::client[]
    // Sends the parameters to an operation, and returns its result. Throws std::domain_error if the
    // service refuses the value, std::runtime_error if it gave no such result, despite retries.
    // The request may reach the service more than once: all operations are pure, so that does no
    // harm.
    template <typename Result>
    Result call(const std::string& operation, const protocol::Json& params) {
        Result result{};
        ask(operation, params, [&](const protocol::Json& json) { json.get_to(result); });
        return result;
    }

    // The same, and gives the result to read(). If that throws, the attempt has failed.
    using Read = std::function<void(const protocol::Json& result)>;
    virtual void ask(const std::string& operation, const protocol::Json& params,
                     const Read& read) = 0;
    // end::client[]
};
