// SIGTERM and SIGINT as something to wait for, so that they never meet a request in progress.

#pragma once

#include <pthread.h>

#include <chrono>
#include <csignal>

// Blocks both signals in this thread and those it starts. Construct it before any other thread
// starts.
class StopSignals {
public:
    StopSignals() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGTERM);
        sigaddset(&signals_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }

    // Returns whether one comes within this time, which is less than a second.
    bool wait(std::chrono::milliseconds time) const {
        const timespec limit{0, std::chrono::nanoseconds(time).count()};
        return sigtimedwait(&signals_, nullptr, &limit) > 0;
    }

private:
    sigset_t signals_{};
};
