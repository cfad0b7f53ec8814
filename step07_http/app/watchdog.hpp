// Calls for help if something takes too long.

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

// Owns a thread, which makes the call. One thread at a time starts and ends what is watched.
class Watchdog {
public:
    using Clock = std::chrono::steady_clock;

    explicit Watchdog(std::function<void()> too_late)
        : too_late_(std::move(too_late)), thread_([this] { watch(); }) {}
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    ~Watchdog() {
        {
            const std::lock_guard guard(mutex_);
            ending_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }

    // Runs the work; if it is not done at the deadline, too_late() is called meanwhile, once.
    template <typename Work>
    auto run(Clock::time_point deadline, Work work) {
        struct Watched {
            Watchdog& watchdog;
            ~Watched() { watchdog.set({}); }
        };
        set(deadline);
        const Watched watched{*this};
        return work();
    }

private:
    void set(std::optional<Clock::time_point> deadline) {
        const std::lock_guard guard(mutex_);
        deadline_ = deadline;
        if (deadline && sleeps_without_end_) {  // else it wakes early enough, and looks
            changed_.notify_one();
        }
    }

    void watch() {
        std::unique_lock lock(mutex_);
        while (!ending_) {
            if (deadline_ && Clock::now() >= *deadline_) {
                too_late_();
                deadline_.reset();
            }
            sleeps_without_end_ = !deadline_;
            if (deadline_) {
                const auto deadline = *deadline_;  // another may be set meanwhile
                changed_.wait_until(lock, deadline);
            } else {
                changed_.wait(lock);
            }
        }
    }

    std::function<void()> too_late_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Clock::time_point> deadline_;
    bool sleeps_without_end_ = false;
    bool ending_ = false;
    std::thread thread_;
};
