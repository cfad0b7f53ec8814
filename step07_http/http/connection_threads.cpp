#include "http/connection_threads.hpp"

#include <sys/mman.h>
#include <sys/socket.h>

#include <exception>
#include <thread>

namespace http {
namespace {

using namespace std::chrono_literals;

constexpr auto time_to_send_a_request = 300ms;  // before a connection is called idle
constexpr auto look_again = 100ms;

// In bytes, for the connections that have a thread: without any, an answer cannot even say so, and
// to destroy JSON takes memory, too, or ends the program.
constexpr std::size_t memory_left = 16 << 20;

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

std::size_t Connections::count() {
    const std::lock_guard guard(mutex_);
    return running_;
}

void Connections::set_idle(socket_t socket, bool idle) {
    const std::lock_guard guard(mutex_);
    if (idle) {
        idle_since_[socket] = Clock::now();
    } else {
        idle_since_.erase(socket);
    }
}

bool Connections::are_too_many() {
    const std::lock_guard guard(mutex_);
    return too_many_;
}

void Connections::reduce(std::size_t most, Clock::duration idle_for) {
    std::unique_lock lock(mutex_);
    while ((too_many_ = running_ > most)) {
        for (const auto& [socket, since] : idle_since_) {
            if (Clock::now() - since >= idle_for) {
                ::shutdown(socket, SHUT_RDWR);
            }
        }
        ended_.wait_for(lock, look_again, [&] { return running_ <= most; });
    }
}

bool ConnectionThreads::start(const std::function<void()>& connection) {
    void* const left =
        mmap(nullptr, memory_left, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (left == MAP_FAILED) {
        return false;
    }
    bool started = true;
    connections_->begin();
    try {
        std::thread([connections = connections_, connection] {
            connection();
            connections->end();
        }).detach();
    } catch (const std::exception&) {  // no thread is left, or no memory for one
        connections_->end();
        started = false;
    }
    munmap(left, memory_left);
    return started;
}

// tag::enqueue[]
bool ConnectionThreads::enqueue(const std::function<void()>& connection) {
    bool started = start(connection);
    for (std::size_t others = 0; !started && (others = connections_->count()) > 0;) {
        connections_->reduce(others - 1, time_to_send_a_request);
        started = start(connection);
    }
    connections_->reduce(limit_, time_to_send_a_request);
    return started;
}
// end::enqueue[]

}  // namespace http
