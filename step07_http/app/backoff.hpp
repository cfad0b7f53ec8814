// When to try again, and for how long.

#pragma once

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

// Attempts until a deadline, with pauses between them, each about twice as long as the one before.
// One thread at a time.
class Backoff {
public:
    using Clock = std::chrono::steady_clock;
    using Milliseconds = std::chrono::milliseconds;

    static constexpr Milliseconds no_limit = std::chrono::hours(1'000'000);

    Backoff(Milliseconds first, Milliseconds longest, Milliseconds limit)
        : next_(first), longest_(longest), deadline_(Clock::now() + limit) {}

    // Begins an attempt, and returns how long it may take: the time given, or what is left until
    // the deadline.
    Milliseconds begin_attempt(Milliseconds most) {
        ++attempts_;
        const auto left = std::chrono::ceil<Milliseconds>(deadline_ - Clock::now());
        const auto limit = std::clamp(left, Milliseconds(1), most);
        waiting_until_ = Clock::now() + limit;
        return limit;
    }

    // After an attempt that failed: sleeps for half of the pause up to all of it, so that callers
    // that failed together do not come back together. Returns false at once if the deadline would
    // pass.
    bool pause() {
        static thread_local std::minstd_rand random(std::random_device{}());
        leave_out_time_stopped();
        const auto percent = std::uniform_int_distribution<int>(50, 100)(random);
        waiting_until_ = Clock::now() + std::chrono::microseconds(next_) * percent / 100;
        if (waiting_until_ >= deadline_) {
            return false;
        }
        std::this_thread::sleep_until(waiting_until_);
        leave_out_time_stopped();
        next_ = std::min(2 * next_, longest_);
        return true;
    }

    Milliseconds next_pause() const { return next_; }  // at most
    int attempts() const { return attempts_; }

private:
    // tag::stopped[]
    // An attempt or a pause that took longer than it may: this program was stopped (by Ctrl-Z, a
    // debugger), and no service could have answered it in that time.
    void leave_out_time_stopped() {
        deadline_ += std::max(Clock::now() - waiting_until_, Clock::duration::zero());
    }
    // end::stopped[]

    Milliseconds next_;
    Milliseconds longest_;
    Clock::time_point deadline_;
    Clock::time_point waiting_until_;  // by when the attempt or the pause ends
    int attempts_ = 0;
};
