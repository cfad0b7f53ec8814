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

// What the library asks to run a connection. With one above the limit the next one waits, and a
// connection for which there is no thread waits for another's end.
class ConnectionThreads final : public httplib::TaskQueue {
public:
    ConnectionThreads(std::size_t limit, std::shared_ptr<Connections> connections)
        : limit_(limit), connections_(std::move(connections)) {}

    // Returns void up to cpp-httplib 0.14, and whether there was room since.
    using EnqueueResult = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));
    EnqueueResult enqueue(std::function<void()> connection) override;

    // Waits for the requests in progress.
    void shutdown() override { connections_->reduce(0, Clock::duration::zero()); }

    // Whether there was none to wait for, so that this connection has to end at once.
    static bool is_refused();

private:
    using Clock = Connections::Clock;

    bool start(const std::function<void()>& connection);

    std::size_t limit_;
    std::shared_ptr<Connections> connections_;
};

}  // namespace http
