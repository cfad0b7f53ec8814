// One process of a function, and the runtime interface that it talks to, which no other
// process has: so a request that a dead process left behind cannot take an event away.

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http_server.hpp"
#include "process.hpp"

struct Event {
    std::string id;
    std::string trace;
    std::string client_context;
    std::string body;
};

struct Result {
    enum class Kind { result, error, busy, not_started };
    Kind kind = Kind::result;
    std::string body;      // of an error of the function, too; else a message
    std::string log = {};  // the end of what the function wrote
};

// An event, who waits for its result, and until when if all are busy.
struct Job {
    Event event;
    std::function<void(const Result& result)> done;
    std::chrono::steady_clock::time_point give_up;
};

class Instance : public std::enable_shared_from_this<Instance> {
public:
    struct Owner {
        std::function<void()> freed;
        // With the job that it had, if it ended before it asked for an event again.
        std::function<void(std::optional<Job> not_begun)> ended;
    };

    // Starts the process. Throws std::exception.
    Instance(boost::asio::io_context& context, const std::string& name,
             std::shared_ptr<const Program> program, std::chrono::milliseconds limit);
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;
    ~Instance() { server_->abandon(); }

    void watch(Children& children, Owner owner);

    bool has_job() const { return job_.has_value(); }
    bool is_free() const { return !job_ && !leaving_; }

    // Gives the job to the process when it asks for an event. If the process ends meanwhile, or
    // takes longer than the limit (then it is killed), the result is an error that says so.
    void work_on(Job job);

    // Ends after the job in progress.
    void leave();

private:
    void handle(const HttpRequest& request, const Reply& reply);
    void next(const Reply& reply);
    void answer(const std::string& id, Result::Kind kind, const std::string& body,
                const Reply& reply);
    void cannot_begin(const std::string& error);
    void hand_over();
    void finish(Result result);
    void fail(const std::string& type, const std::string& message);
    void arm(std::chrono::milliseconds time);
    void too_late();
    void ended(const std::string& reason);

    std::string name_;
    std::chrono::milliseconds limit_;
    std::shared_ptr<const Program> program_;
    std::shared_ptr<HttpServer> server_;
    std::shared_ptr<Process> process_;
    boost::asio::steady_timer timer_;
    Owner owner_;

    Reply next_;                   // its question for an event, which waits
    bool has_asked_ = false;       // for an event, ever
    bool leaving_ = false;         // it gets no more jobs
    std::optional<Job> job_;       // what it has to do
    bool has_it_in_hand_ = false;  // and was told of
};
