// Asks the services of a subject, through the broker.

#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "broker/connection.hpp"
#include "client.hpp"
#include "story.hpp"

struct NatsLimits {
    std::chrono::milliseconds timeout;   // for one answer
    std::chrono::milliseconds deadline;  // for a call with all its repetitions
};

// While nobody serves the subject, or no answer comes in time or a wrong one, a call is sent again
// after a pause that grows, until the deadline. Owns its connection; borrows the story. Any number
// of threads may call at once.
class NatsClient final : public Client {
public:
    // Connects, and tries until the deadline. Throws std::runtime_error.
    NatsClient(const broker::Address& address, NatsLimits limits, const Story& story);

private:
    void call(std::string_view operation, const std::string& payload, const Read& read) override;
    void attempt(natsMsg* request, const Read& read, std::chrono::milliseconds limit);

    std::string broker_;
    NatsLimits limits_;
    const Story& story_;
    std::unique_ptr<broker::Connection> connection_;
};
