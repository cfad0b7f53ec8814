#include "http/server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <system_error>
#include <thread>
#include <utility>

#include "http/limited_stream.hpp"

namespace http {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto time_to_send_a_request = 300ms;  // before a connection is called idle
constexpr auto look_again = 100ms;
constexpr auto time_to_linger = 1s;

// Of the thread of a connection.
thread_local std::function<void()> on_whole_request;
thread_local bool is_last = false;     // the request, since what follows it cannot be told
thread_local bool is_refused = false;  // there was no thread for it

}  // namespace

void Connections::add() {
    const std::lock_guard guard(mutex_);
    ++count_;
}

void Connections::remove() {
    const std::lock_guard guard(mutex_);
    --count_;
    removed_.notify_all();
}

void Connections::set_busy(socket_t socket, bool busy) {
    const std::lock_guard guard(mutex_);
    states_[socket] = {busy, Clock::now()};
}

void Connections::forget(socket_t socket) {
    const std::lock_guard guard(mutex_);
    states_.erase(socket);
}

void Connections::end_idle(std::chrono::milliseconds idle_for) {
    const std::lock_guard guard(mutex_);
    for (const auto& [socket, state] : states_) {
        if (!state.busy && Clock::now() - state.since >= idle_for) {
            ::shutdown(socket, SHUT_RD);
        }
    }
}

bool Connections::wait_for_at_most(std::size_t count, std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return removed_.wait_for(lock, time, [&] { return count_ <= count; });
}

// tag::enqueue[]
ConnectionThreads::EnqueueResult ConnectionThreads::enqueue(std::function<void()> connection) {
    connections_->add();
    const auto run = [connections = connections_, connection] {
        connection();
        connections->remove();
    };
    try {
        std::thread(run).detach();
    } catch (const std::system_error&) {  // no thread to be had: refused, the others are served
        is_refused = true;
        run();
        is_refused = false;
    }
    while (!connections_->wait_for_at_most(limit_, look_again)) {
        connections_->end_idle(time_to_send_a_request);
    }
    return static_cast<EnqueueResult>(true);
}
// end::enqueue[]

void ConnectionThreads::shutdown() {
    do {
        connections_->end_idle(0ms);
    } while (!connections_->wait_for_at_most(0, look_again));
}

Server::Server(ServerLimits limits) : limits_(limits) {
    new_task_queue = [this] { return new ConnectionThreads(limits_.connections, connections_); };
}

void Server::begin_answer() {
    on_whole_request();
}

void Server::end_after_answer() {
    is_last = true;
}

// tag::connection[]
bool Server::process_and_close_socket(socket_t socket) {
    LimitedStream stream(socket, limits_.write);
    on_whole_request = [this, socket] { connections_->set_busy(socket, true); };
    is_last = false;
    for (bool more = !is_refused; more && svr_sock_ != INVALID_SOCKET;) {
        connections_->set_busy(socket, false);
        if (!stream.wait_for_message(limits_.idle)) {
            break;
        }
        stream.begin_message(limits_.request_bytes, Clock::now() + limits_.request);
        more = answer_request(stream) && !stream.is_spent() && !is_last;
    }
    if (stream.is_spent() || is_last) {
        stream.linger(time_to_linger);
    }
    connections_->forget(socket);
    ::close(socket);
    return true;
}
// end::connection[]

// Returns whether the connection goes on.
template <typename Stream>
bool Server::answer_request(Stream& stream) {
    bool is_last = false;
    bool answered = false;
    if constexpr (requires { process_request(stream, false, is_last, nullptr); }) {
        answered = process_request(stream, false, is_last, nullptr);
    } else {  // since cpp-httplib 0.16
        std::string remote;
        std::string local;
        int remote_port = 0;
        int local_port = 0;
        stream.get_remote_ip_and_port(remote, remote_port);
        stream.get_local_ip_and_port(local, local_port);
        answered = process_request(stream, remote, remote_port, local, local_port, false, is_last,
                                   nullptr);
    }
    return answered && !is_last;
}

}  // namespace http
