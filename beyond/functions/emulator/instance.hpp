// One process of a function, and the runtime interface that it talks to, which is its alone: so it
// is known who asks, and no dead process's question can take an event away.

#pragma once

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "process.hpp"

struct Outcome {
    // not_begun: the process ended before it took the event, which another one can have.
    enum class Kind { result, error, not_begun };
    Kind kind = Kind::not_begun;
    std::string body;
    std::string log = {};
};

struct Event {
    std::string id;
    std::string trace;
    std::string body;
};

// Any thread, but one invoke() at a time.
class Instance {
public:
    using Clock = std::chrono::steady_clock;

    Instance(const std::string& name, const Program& program);
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;
    ~Instance();

    // Lets the process work on the event. If it ends meanwhile, or takes longer than the limit
    // (then it is killed), the outcome is an error that says so.
    Outcome invoke(const Event& event, std::chrono::milliseconds limit);

    bool alive();

private:
    void listen();
    void next(httplib::Response& response);
    void answer(const std::string& id, Outcome::Kind kind, const std::string& body,
                httplib::Response& response);
    void init_error(const std::string& body);
    Outcome failure(const Event& event, const std::string& type, const std::string& message);

    std::string name_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ready_ = false;  // it has asked for an event
    bool ended_ = false;
    std::string reason_;      // why it ended
    std::string init_error_;  // what it said about it
    std::optional<Event> waiting_;
    std::string in_hand_;  // the id of the event that it works on
    std::optional<Outcome> outcome_;
    std::chrono::system_clock::time_point deadline_;
    httplib::Server server_;
    std::atomic<bool> served_ = false;  // and no longer
    std::thread server_thread_;
    std::unique_ptr<Process> process_;
};
