#include "service/connection_threads.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "service/bytes_taken.hpp"

namespace {

using namespace std::chrono_literals;

constexpr auto guard_looks_every = 100ms;
constexpr int looks_until_idle = 3;  // a new connection has that long to send its request
constexpr std::uint64_t longest_request = 128 << 10;  // head and body
constexpr std::uint64_t longest_together = 16 << 20;  // of all connections

// What is known of a connection whose request is not whole.
struct Unanswered {
    std::uint64_t begin = 0;  // of the request, in the bytes of the connection
    int looks = 0;            // of the guard since then
};

}  // namespace

struct ConnectionThreads::State {
    std::mutex mutex;
    std::condition_variable ended;
    std::size_t running = 0;
    std::set<std::string> busy;      // the peers, as address and port
    std::set<std::string> answered;  // those that were, since the last limit_requests()
    std::map<std::string, Unanswered> unanswered;
    bool ending = false;
    std::condition_variable guard_wakes;

    void guard();

    // Cuts the connections with the longest requests that are not whole, if all of these together
    // are too long. The mutex is held.
    void limit_requests();

    // Ends the receiving half of every connection of this process that is not busy, and was not for
    // so many looks, so that its thread no longer waits for a request. The mutex is held.
    void end_idle_connections(int looks) const;
};

namespace {

// Of the thread of a connection: tells whether it is busy for this peer.
std::function<void(const std::string& peer, bool busy)>& set_busy() {
    thread_local std::function<void(const std::string&, bool)> function;
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

void ConnectionThreads::State::end_idle_connections(int looks) const {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int descriptor = std::atoi(entry.path().filename().c_str());
        const std::string peer = peer_of(descriptor);
        const auto known = unanswered.find(peer);
        const int looks_so_far = known == unanswered.end() ? 0 : known->second.looks;
        if (!peer.empty() && !busy.contains(peer) && looks_so_far >= looks) {
            ::shutdown(descriptor, SHUT_RD);
        }
    }
}

void ConnectionThreads::State::guard() {
    std::unique_lock lock(mutex);
    while (!ending) {
        guard_wakes.wait(lock, [&] { return ending || running > 0; });
        guard_wakes.wait_for(lock, guard_looks_every, [&] { return ending; });
        limit_requests();
    }
}

void ConnectionThreads::State::limit_requests() {
    std::map<std::string, Unanswered> now;
    std::uint64_t together = 0;
    std::vector<int> too_long;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int descriptor = std::atoi(entry.path().filename().c_str());
        const std::string peer = peer_of(descriptor);
        if (peer.empty()) {
            continue;
        }
        const std::uint64_t taken = bytes_taken(descriptor);
        Unanswered& request = now[peer];
        if (busy.contains(peer) || answered.contains(peer)) {
            request = {taken, 0};
        } else {
            const Unanswered before = unanswered[peer];
            request = {std::min(before.begin, taken), before.looks + 1};
        }
        together += taken - request.begin;
        if (taken - request.begin > longest_request) {
            too_long.push_back(descriptor);
        }
    }
    unanswered = std::move(now);
    answered.clear();
    if (together > longest_together) {
        for (const int descriptor : too_long) {
            ::shutdown(descriptor, SHUT_RDWR);
        }
    }
}

ConnectionThreads::ConnectionThreads(std::size_t limit)
    : limit_(limit),
      state_(std::make_shared<State>()),
      guard_([state = state_] { state->guard(); }) {}

ConnectionThreads::~ConnectionThreads() = default;

// tag::enqueue[]
ConnectionThreads::EnqueueResult ConnectionThreads::enqueue(std::function<void()> connection) {
    std::unique_lock lock(state_->mutex);
    ++state_->running;
    state_->guard_wakes.notify_one();
    std::thread([state = state_, connection = std::move(connection)] {
        std::string busy_as;
        set_busy() = [&](const std::string& peer, bool busy) {
            const std::lock_guard guard(state->mutex);
            state->busy.erase(busy_as);
            busy_as = peer;
            (busy ? state->busy : state->answered).insert(peer);
        };
        connection();
        const std::lock_guard guard(state->mutex);
        state->busy.erase(busy_as);
        --state->running;
        state->ended.notify_all();
    }).detach();
    while (state_->running > limit_) {
        state_->end_idle_connections(looks_until_idle);
        state_->ended.wait_for(lock, guard_looks_every, [&] { return state_->running <= limit_; });
    }
    return static_cast<EnqueueResult>(true);
}
// end::enqueue[]

void ConnectionThreads::shutdown() {
    std::unique_lock lock(state_->mutex);
    state_->end_idle_connections(0);
    state_->ended.wait(lock, [&] { return state_->running == 0; });
    state_->ending = true;
    state_->guard_wakes.notify_one();
    lock.unlock();
    guard_.join();
}

void ConnectionThreads::begin_request(const std::string& peer_address, int peer_port) {
    set_busy()(peer_address + ' ' + std::to_string(peer_port), true);
}

void ConnectionThreads::end_request(const std::string& peer_address, int peer_port) {
    set_busy()(peer_address + ' ' + std::to_string(peer_port), false);
}
