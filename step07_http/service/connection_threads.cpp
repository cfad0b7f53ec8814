#include "service/connection_threads.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <array>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

struct ConnectionThreads::State {
    std::mutex mutex;
    std::condition_variable ended;
    std::size_t running = 0;
    std::set<std::string> busy;  // the peers, as address and port

    // Ends the receiving half of every connection of this process that is not busy, so that its
    // thread no longer waits for a request. The mutex is held.
    void end_idle_connections() const;
};

namespace {

// Of the thread of a connection: tells that it is busy for this peer, or idle if that is empty.
std::function<void(const std::string& peer)>& set_busy() {
    thread_local std::function<void(const std::string&)> function;
    return function;
}

// Nothing if the descriptor is not a connection.
std::string peer_of(int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> port{};
    if (getpeername(descriptor, generic, &size) != 0 ||
        getnameinfo(generic, size, host.data(), host.size(), port.data(), port.size(),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
        return "";
    }
    return std::string(host.data()) + ' ' + port.data();
}

}  // namespace

void ConnectionThreads::State::end_idle_connections() const {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int descriptor = std::atoi(entry.path().filename().c_str());
        const std::string peer = peer_of(descriptor);
        if (!peer.empty() && !busy.contains(peer)) {
            ::shutdown(descriptor, SHUT_RD);
        }
    }
}

ConnectionThreads::ConnectionThreads(std::size_t limit)
    : limit_(limit), state_(std::make_shared<State>()) {}

ConnectionThreads::~ConnectionThreads() = default;

// tag::enqueue[]
ConnectionThreads::EnqueueResult ConnectionThreads::enqueue(std::function<void()> connection) {
    std::unique_lock lock(state_->mutex);
    if (state_->running >= limit_) {
        state_->end_idle_connections();
        state_->ended.wait(lock, [&] { return state_->running < limit_; });
    }
    ++state_->running;
    std::thread([state = state_, connection = std::move(connection)] {
        std::string busy_as;
        set_busy() = [&](const std::string& peer) {
            const std::lock_guard guard(state->mutex);
            state->busy.erase(busy_as);
            busy_as = peer;
            if (!peer.empty()) {
                state->busy.insert(peer);
            }
        };
        connection();
        set_busy()("");
        const std::lock_guard guard(state->mutex);
        --state->running;
        state->ended.notify_all();
    }).detach();
    return static_cast<EnqueueResult>(true);
}
// end::enqueue[]

void ConnectionThreads::shutdown() {
    std::unique_lock lock(state_->mutex);
    state_->end_idle_connections();
    state_->ended.wait(lock, [&] { return state_->running == 0; });
}

void ConnectionThreads::begin_request(const std::string& peer_address, int peer_port) {
    set_busy()(peer_address + ' ' + std::to_string(peer_port));
}

void ConnectionThreads::end_request() {
    set_busy()("");
}
