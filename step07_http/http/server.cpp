#include "http/server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <unordered_map>
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
thread_local bool is_last = false;  // nothing more is read

}  // namespace

struct Server::Connections {
    std::mutex mutex;
    std::condition_variable ended;
    std::size_t running = 0;
    std::unordered_map<socket_t, Clock::time_point> idle_since;

    // Waits until so many are left at most, and ends those that are idle for so long: both halves,
    // since the answer to a request that was cut would be a 400, which tells the caller not to
    // repeat it. The mutex is held.
    void reduce(std::unique_lock<std::mutex>& lock, std::size_t most, Clock::duration idle_for) {
        while (running > most) {
            for (const auto& [socket, since] : idle_since) {
                if (Clock::now() - since >= idle_for) {
                    ::shutdown(socket, SHUT_RDWR);
                }
            }
            ended.wait_for(lock, look_again, [&] { return running <= most; });
        }
    }

    void set_idle(socket_t socket, bool idle) {
        const std::lock_guard guard(mutex);
        idle ? void(idle_since[socket] = Clock::now()) : void(idle_since.erase(socket));
    }
};

// What the library asks to run a connection: on a thread of its own.
class Server::Threads final : public httplib::TaskQueue {
public:
    Threads(std::size_t limit, std::shared_ptr<Connections> connections)
        : limit_(limit), connections_(std::move(connections)) {}

    // Returns void up to cpp-httplib 0.14, and whether there was room since.
    using EnqueueResult = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));

    // tag::enqueue[]
    EnqueueResult enqueue(std::function<void()> connection) override {
        const auto run = [connections = connections_, connection] {
            connection();
            const std::lock_guard guard(connections->mutex);
            --connections->running;
            connections->ended.notify_all();
        };
        std::unique_lock lock(connections_->mutex);
        ++connections_->running;
        try {
            std::thread(run).detach();
        } catch (const std::system_error&) {  // no thread to be had: this one is refused
            lock.unlock();
            is_last = true;
            run();
            lock.lock();
        }
        connections_->reduce(lock, limit_, time_to_send_a_request);
        return static_cast<EnqueueResult>(true);
    }
    // end::enqueue[]

    void shutdown() override {
        std::unique_lock lock(connections_->mutex);
        connections_->reduce(lock, 0, 0ms);
    }

private:
    std::size_t limit_;
    std::shared_ptr<Connections> connections_;
};

Server::Server(ServerLimits limits)
    : limits_(limits), connections_(std::make_shared<Connections>()) {
    new_task_queue = [this] { return new Threads(limits_.connections, connections_); };
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
    on_whole_request = [this, socket] { connections_->set_idle(socket, false); };
    while (!is_last && svr_sock_ != INVALID_SOCKET) {
        connections_->set_idle(socket, true);
        if (!stream.wait_for_message(limits_.idle)) {
            break;
        }
        stream.begin_message(limits_.request_bytes, Clock::now() + limits_.request);
        const bool goes_on = answer_request(stream);
        if (stream.is_spent() || is_last) {
            stream.linger(time_to_linger);
        }
        is_last = is_last || stream.is_spent() || !goes_on;
    }
    is_last = false;
    connections_->set_idle(socket, false);
    ::close(socket);
    return true;
}
// end::connection[]

// Returns whether the connection goes on.
template <typename Stream>
bool Server::answer_request(Stream& stream) {
    bool is_final = false;
    bool answered = false;
    if constexpr (requires { process_request(stream, false, is_final, nullptr); }) {
        answered = process_request(stream, false, is_final, nullptr);
    } else {  // since cpp-httplib 0.16
        answered = process_request(stream, "", 0, "", 0, false, is_final, nullptr);
    }
    return answered && !is_final;
}

}  // namespace http
