// Pauses between attempts, each about twice as long as the one before, up to a deadline.

#pragma once

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

// One thread at a time.
class Backoff {
public:
    using Clock = std::chrono::steady_clock;
    using Duration = std::chrono::microseconds;

    Backoff(Duration limit, Duration first, Duration longest)
        : deadline_(Clock::now() + limit), next_(first), longest_(longest) {}

    // Sleeps for half of the pause up to all of it: callers that failed together shall not come
    // back together. Returns false at once if the deadline would pass.
    bool pause() {
        static thread_local std::minstd_rand random(std::random_device{}());
        const Duration pause = next_ * std::uniform_int_distribution<int>(50, 100)(random) / 100;
        if (Clock::now() + pause >= deadline_) {
            return false;
        }
        std::this_thread::sleep_for(pause);
        next_ = std::min(2 * next_, longest_);
        ++pauses_;
        return true;
    }

    // What is left until the deadline, a millisecond at least.
    std::chrono::milliseconds left() const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now());
        return std::max(left, std::chrono::milliseconds(1));
    }

    int pauses() const { return pauses_; }

private:
    Clock::time_point deadline_;
    Duration next_;
    Duration longest_;
    int pauses_ = 0;
};
