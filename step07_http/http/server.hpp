// cpp-httplib's server with a thread for each connection, and a limit to everything.

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

struct ServerLimits {
    std::size_t connections;            // the next one waits
    std::chrono::milliseconds idle;     // after that a connection without a request ends
    std::chrono::milliseconds request;  // from its first byte to its last
    std::size_t request_bytes;          // head and body
    std::chrono::milliseconds write;    // for each piece of an answer
};

// The connections of a server, and for each whether its request is whole, so that it is waited for.
// Any thread.
class Connections {
public:
    // Counts a connection from before its thread starts.
    void add();
    void remove();

    void set_busy(socket_t socket, bool busy);
    void forget(socket_t socket);  // before it is closed

    // Ends the receiving half of the connections that are not busy, and were not for so long.
    void end_idle(std::chrono::milliseconds idle_for);

    // Waits until there are so many at most, or the time is over.
    bool wait_for_at_most(std::size_t count, std::chrono::milliseconds time);

private:
    struct State {
        bool busy = false;
        std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
    };

    std::mutex mutex_;
    std::condition_variable removed_;
    std::size_t count_ = 0;
    std::unordered_map<socket_t, State> states_;
};

// What the library asks to run a connection; see TaskQueue there. With one connection above the
// limit the next one waits, and those that are idle are asked to end.
class ConnectionThreads final : public httplib::TaskQueue {
public:
    ConnectionThreads(std::size_t limit, std::shared_ptr<Connections> connections)
        : limit_(limit), connections_(std::move(connections)) {}

    // Returns void up to cpp-httplib 0.14, and whether there was room since.
    using EnqueueResult = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));
    EnqueueResult enqueue(std::function<void()> connection) override;

    // Asks the idle connections to end, and waits until all have.
    void shutdown() override;

private:
    std::size_t limit_;
    std::shared_ptr<Connections> connections_;  // shared with the threads
};

class Server final : public httplib::Server {
public:
    explicit Server(ServerLimits limits);

    // On the thread of a connection, as soon as its request is whole.
    static void begin_answer();

    // The same for one that was not read to its end: the connection ends after the answer.
    static void end_after_answer();

private:
    bool process_and_close_socket(socket_t socket) override;
    template <typename Stream>
    bool answer_request(Stream& stream);

    ServerLimits limits_;
    std::shared_ptr<Connections> connections_ = std::make_shared<Connections>();
};

}  // namespace http
