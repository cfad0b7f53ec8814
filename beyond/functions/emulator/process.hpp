// A function's process: started, listened to, and ended.

#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "program.hpp"

// Learns of the ends of child processes. It needs no descriptor for each, so that it cannot fail.
class Children {
public:
    using Ended = std::function<void(int status)>;

    explicit Children(boost::asio::io_context& context);

    void watch(pid_t child, Ended ended) { watched_[child] = std::move(ended); }

private:
    void wait();

    boost::asio::signal_set signals_;
    std::map<pid_t, Ended> watched_;
};

// Owns the process and everything that it starts.
class Process : public std::enable_shared_from_this<Process> {
public:
    // Starts it. Throws std::system_error or boost::system::system_error.
    Process(boost::asio::io_context& context, std::string name, const Program& program,
            const std::vector<std::string>& environment);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();  // kills it, and waits

    // ended() is called once, with the reason as the cloud says it.
    void watch(Children& children, std::function<void(const std::string& reason)> ended);

    void kill() const;

    // The end of what it wrote since the last time. All is passed on to stderr, too.
    std::string take_log();

private:
    void listen();
    bool drain();
    void pass_on(std::string_view text);

    std::string name_;
    pid_t pid_ = 0;  // 0: ended
    boost::asio::posix::stream_descriptor output_;
    std::string line_;
    std::string log_;
};
