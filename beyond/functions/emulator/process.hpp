// A function's process: started, listened to, and ended.

#pragma once

#include <sys/types.h>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "program.hpp"

// Owns the process and everything it starts. Any thread.
class Process {
public:
    // ended() is called once, from a thread of this object, with the reason as the cloud says it.
    using Ended = std::function<void(const std::string& reason)>;

    Process(std::string name, const Program& program, std::vector<std::string> environment,
            Ended ended);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();  // kills it, and waits

    void kill();

    // The end of what it wrote since clear_log(); it is passed on to stderr in any case.
    std::string log();
    void clear_log();

private:
    void run(const Program& program, const std::vector<std::string>& environment,
             const Ended& ended);
    std::string wait(int pidfd);
    bool drain();
    void pass_on(std::string_view text);

    std::string name_;
    std::mutex mutex_;  // of all below
    pid_t pid_ = 0;     // 0: not yet started, or ended
    bool killed_ = false;
    int output_ = -1;
    std::string line_;
    std::string log_;
    std::thread thread_;  // the last member: it uses the others
};
