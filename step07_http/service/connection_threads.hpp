// A thread for each connection: an idle one keeps none of the others waiting.

#pragma once

#include <httplib.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

// Used by httplib::Server, which owns it, on its thread that accepts connections. With one
// connection above the limit the next one waits, and those that are idle are asked to end. The
// library keeps a head of any length, so a guard cuts those who send too much without finishing a
// request.
class ConnectionThreads final : public httplib::TaskQueue {
public:
    explicit ConnectionThreads(std::size_t limit);
    ConnectionThreads(const ConnectionThreads&) = delete;
    ConnectionThreads& operator=(const ConnectionThreads&) = delete;
    ~ConnectionThreads() override;

    // Returns void up to cpp-httplib 0.14, and whether there was room since.
    using EnqueueResult = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));
    EnqueueResult enqueue(std::function<void()> connection) override;

    // Asks the idle connections to end and waits until all have.
    void shutdown() override;

    // Both on the thread of a connection: between them it is not idle.
    static void begin_request(const std::string& peer_address, int peer_port);
    static void end_request(const std::string& peer_address, int peer_port);

private:
    struct State;

    std::size_t limit_;
    std::shared_ptr<State> state_;  // shared with the threads
    std::thread guard_;
};
