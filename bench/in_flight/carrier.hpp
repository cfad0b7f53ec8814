// Carries requests of a caller to services and their answers back, with any number in progress.

#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

// Of one thread.
class Carrier {
public:
    // A slot has one request in progress at most; its number tells which answer is whose.
    using Take = std::function<void(std::size_t slot, const nlohmann::json& result)>;

    Carrier() = default;
    Carrier(const Carrier&) = delete;
    Carrier& operator=(const Carrier&) = delete;
    virtual ~Carrier() = default;

    virtual void send(std::size_t slot, const std::string& operation,
                      const nlohmann::json& parameters) = 0;

    // Waits for answers, five seconds at most, and gives them to take(), which may send. Throws
    // std::runtime_error if none comes.
    virtual void receive(const Take& take) = 0;
};

constexpr int patience = 5000;  // milliseconds

// Which of a step's two services answers.
inline std::size_t service_of(const std::string& operation) {
    return operation == "transform" || operation == "analyze" ? 1 : 0;
}
