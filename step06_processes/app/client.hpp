// The way to a service, whatever it leads through.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/payloads.hpp"

// As thread-safe as its implementation says.
class Client {
public:
    Client() = default;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    virtual ~Client() = default;

    // tag::client[]
    // Takes the result; throws protocol::MalformedMessage if it is not what it should be, which is
    // a failed attempt.
    using Read = std::function<void(const protocol::Json& result)>;

    // Sends a payload to an operation, and gives the result to read(). Throws std::domain_error if
    // the service refuses the value, std::runtime_error if it gave no result that read() takes,
    // whatever was tried. The request may reach the service more than once: all operations are
    // pure, so that does no harm.
    virtual void call(std::string_view operation, const std::string& payload, const Read& read) = 0;

    // The same, and returns what read() makes of the result.
    template <typename Result>
    Result call(std::string_view operation, const std::string& payload,
                Result (*read)(const protocol::Json&)) {
        std::optional<Result> result;
        call(operation, payload, [&](const protocol::Json& json) { result = read(json); });
        return std::move(*result);
    }
    // end::client[]
};
