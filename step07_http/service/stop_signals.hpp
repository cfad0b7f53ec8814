// SIGTERM and SIGINT as something to wait for, so that they never meet a request in progress.

#pragma once

#include <chrono>

// From its construction on, in this thread and in those that it starts, until its end. Any thread
// may wait. Throws std::system_error.
class StopSignals {
public:
    StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    ~StopSignals();

    // Waits until a signal has come, and returns true; or until the descriptor can be read (-1: no
    // descriptor) or the time is over (negative: it never is), and returns false.
    bool wait(int descriptor, std::chrono::milliseconds time) const;

private:
    int descriptor_;
};
