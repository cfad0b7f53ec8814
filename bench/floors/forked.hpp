// A part of a measuring program that runs in a process of its own.

#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

// Owns the child, which is killed with this object, or with its parent. To be made before any
// thread is started.
class Forked {
public:
    using Ready = std::function<void(const std::string& message)>;

    // Runs main(ready) in the child, and returns when that has called ready(), once.
    explicit Forked(const std::function<void(const Ready& ready)>& main);
    Forked(const Forked&) = delete;
    Forked& operator=(const Forked&) = delete;
    ~Forked();

    // What the child said when it was ready.
    const std::string& message() const { return message_; }

private:
    pid_t pid_ = -1;
    std::string message_;
};
