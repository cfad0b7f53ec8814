// The threads of a server, one for each connection.

#pragma once

#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace http {

// What the threads of connections share. Any thread.
class Connections {
public:
    using Clock = std::chrono::steady_clock;

    void begin();
    void end();
    std::size_t count();
    void set_idle(socket_t socket, bool idle);  // not idle again before it is closed
    bool are_too_many();                        // so that those that were answered should end

    // Waits until there are so many at most, and ends those that are idle for so long: both halves,
    // since the answer to a request that was cut would be a 400, which tells the client not to
    // repeat it.
    void reduce(std::size_t most, Clock::duration idle_for);

private:
    std::mutex mutex_;
    std::condition_variable ended_;
    std::size_t running_ = 0;
    bool too_many_ = false;
    std::unordered_map<socket_t, Clock::time_point> idle_since_;
};

// With a connection above the limit the next one waits, and a connection for which there is no
// thread waits for another's end.
class ConnectionThreads {
public:
    ConnectionThreads(std::size_t limit, std::shared_ptr<Connections> connections)
        : limit_(limit), connections_(std::move(connections)) {}

    // Returns false if there was none to wait for, so that this connection has to end at once.
    bool enqueue(const std::function<void()>& connection);

    // Waits for the requests in progress.
    void finish() { connections_->reduce(0, Clock::duration::zero()); }

private:
    using Clock = Connections::Clock;

    bool start(const std::function<void()>& connection);

    std::size_t limit_;
    std::shared_ptr<Connections> connections_;
};

}  // namespace http
