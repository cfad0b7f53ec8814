// A function under its name: as many processes as there are invocations at once.

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "instance.hpp"

constexpr std::size_t most_processes = 8;   // of each function
constexpr std::size_t most_waiting = 1000;  // events for later

class Function {
public:
    using Done = std::function<void(const Result& result)>;

    // Throws std::runtime_error if nothing can be started from the path.
    Function(boost::asio::io_context& context, Children& children, std::string name,
             std::filesystem::path path, std::chrono::milliseconds limit);
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;
    ~Function() = default;

    // Gives the event to a process that is idle, else to a new one. The result is "busy" if for
    // longer than the limit there is none.
    void invoke(Event event, Done done);

    // The same when no caller waits any more, however long that takes. False if too many wait.
    bool invoke_later(Event event, Done done);

    std::size_t in_progress() const;

    // Forgets what is for later and refuses what is not begun; how many were forgotten.
    std::size_t drop_waiting();

    // Loads the program again if the file has changed; what is in progress ends with the old one.
    // Returns whether it did.
    bool reload_if_changed();

private:
    using Instances = std::list<std::shared_ptr<Instance>>;

    void dispatch();
    void give(Job job);
    std::shared_ptr<Instance> start();
    void refuse_late();

    boost::asio::io_context& context_;
    Children& children_;
    std::string name_;
    std::filesystem::path path_;
    std::chrono::milliseconds limit_;
    boost::asio::steady_timer timer_;
    std::filesystem::file_time_type changed_;
    std::shared_ptr<const Program> program_;
    std::deque<Job> now_;  // callers wait for these
    std::deque<Job> later_;
    Instances instances_;
};
