#include "http/connection_threads.hpp"

#include <sys/socket.h>

#include <exception>
#include <thread>

namespace http {
namespace {

using namespace std::chrono_literals;

constexpr auto time_to_send_a_request = 300ms;  // before a connection is called idle
constexpr auto look_again = 100ms;

thread_local bool refused = false;

}  // namespace

void Connections::begin() {
    const std::lock_guard guard(mutex_);
    ++running_;
}

void Connections::end() {
    const std::lock_guard guard(mutex_);
    --running_;
    ended_.notify_all();
}

void Connections::set_idle(socket_t socket, bool idle) {
    const std::lock_guard guard(mutex_);
    if (idle) {
        idle_since_[socket] = Clock::now();
    } else {
        idle_since_.erase(socket);
    }
}

void Connections::reduce(std::size_t most, Clock::duration idle_for) {
    std::unique_lock lock(mutex_);
    while (running_ > most) {
        for (const auto& [socket, since] : idle_since_) {
            if (Clock::now() - since >= idle_for) {
                ::shutdown(socket, SHUT_RD);
            }
        }
        ended_.wait_for(lock, look_again, [&] { return running_ <= most; });
    }
}

// tag::enqueue[]
ConnectionThreads::EnqueueResult ConnectionThreads::enqueue(std::function<void()> connection) {
    connections_->begin();
    try {
        std::thread([connections = connections_, connection] {
            connection();
            connections->end();
        }).detach();
    } catch (const std::exception&) {  // no thread, or no memory for one: the others are served
        refused = true;
        connection();
        refused = false;
        connections_->end();
    }
    connections_->reduce(limit_, time_to_send_a_request);
    return static_cast<EnqueueResult>(true);
}
// end::enqueue[]

bool ConnectionThreads::is_refused() {
    return refused;
}

}  // namespace http
