// Asks the services of a subject, through the broker.

#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "broker/connection.hpp"
#include "client.hpp"
#include "story.hpp"

struct NatsLimits {
    std::chrono::milliseconds timeout;   // for one answer
    std::chrono::milliseconds deadline;  // for a call with all its attempts
};

// While a call finds nobody who serves its subject, or gets no answer in time or a wrong one, it is
// sent again after a pause that grows, until the deadline. Owns its connection; borrows the story.
// Any number of threads may call at once.
class NatsClient final : public Client {
public:
    // Connects, and tries until the deadline. Throws std::runtime_error.
    NatsClient(const broker::Settings& broker, NatsLimits limits, const Story& story);

private:
    void ask(const std::string& operation, const protocol::Json& params, const Read& read) override;
    void attempt(natsMsg* request, std::chrono::milliseconds limit, const Read& read);

    broker::Settings broker_;
    NatsLimits limits_;
    const Story& story_;
    std::string run_;  // tells the request ids of this program from those of others
    std::atomic<unsigned> calls_ = 0;
    broker::Connection connection_;
};
