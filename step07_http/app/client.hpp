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

    // Sends a payload to an operation, and returns what read() makes of the result. Throws
    // std::domain_error if the service refuses the value, std::runtime_error if it gave no result
    // that read() takes, whatever was tried.
    template <typename Result>
    Result call(std::string_view operation, const std::string& payload,
                Result (*read)(const protocol::Json&)) {
        std::optional<Result> result;
        call(operation, payload, [&](const protocol::Json& json) { result = read(json); });
        return std::move(*result);
    }

private:
    // What read() does not take, it throws protocol::MalformedMessage for: a failed attempt.
    using Read = std::function<void(const protocol::Json& result)>;
    virtual void call(std::string_view operation, const std::string& payload, const Read& read) = 0;
};
