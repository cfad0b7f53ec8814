// When to try again, and for how long.

#pragma once

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

// Pauses between attempts, each about twice as long as the one before, until a deadline. One thread
// at a time.
class Backoff {
public:
    using Clock = std::chrono::steady_clock;
    using Milliseconds = std::chrono::milliseconds;

    Backoff(Milliseconds first, Milliseconds longest, Milliseconds deadline)
        : pause_(first), longest_(longest), deadline_(Clock::now() + deadline) {}

    // How long an attempt may take that begins now: at most this, and not beyond the deadline.
    Milliseconds limit(Milliseconds most) const {
        const auto left = std::chrono::ceil<Milliseconds>(deadline_ - Clock::now());
        return std::clamp(left, Milliseconds(1), most);
    }

    // tag::pause[]
    // Sleeps for half of the pause up to all of it, so that callers that failed together do not
    // come back together. Returns false at once if the deadline would pass.
    bool pause() {
        static thread_local std::minstd_rand random(std::random_device{}());
        const auto percent = std::uniform_int_distribution<int>(50, 100)(random);
        const auto end = Clock::now() + std::chrono::microseconds(pause_) * percent / 100;
        if (end >= deadline_) {
            return false;
        }
        std::this_thread::sleep_until(end);
        pause_ = std::min(2 * pause_, longest_);
        return true;
    }
    // end::pause[]

private:
    Milliseconds pause_;
    Milliseconds longest_;
    Clock::time_point deadline_;
};
