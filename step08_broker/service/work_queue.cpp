#include "service/work_queue.hpp"

#include <utility>

void WorkQueue::finish() {
    {
        const std::lock_guard guard(mutex_);
        ending_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool WorkQueue::try_add(std::function<void()> work) {
    {
        const std::lock_guard guard(mutex_);
        if (ending_ || waiting_.size() + under_way_ >= limit_) {
            return false;
        }
        waiting_.push(std::move(work));
    }
    changed_.notify_one();
    return true;
}

void WorkQueue::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty()) {
            return;
        }
        const std::function<void()> work = std::move(waiting_.front());
        waiting_.pop();
        under_way_ = 1;
        lock.unlock();
        work();
        lock.lock();
        under_way_ = 0;
    }
}
