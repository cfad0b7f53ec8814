// Work that waits for a thread to do it, up to a limit.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>

// One thread of its own does the work, in the order in which it came. Any thread may add to it. The
// destructor finishes.
class WorkQueue {
public:
    explicit WorkQueue(std::size_t limit) : limit_(limit) {}
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;
    ~WorkQueue() { finish(); }

    // Returns false if as much as the limit is under way or waiting, or after finish().
    bool try_add(std::function<void()> work);

    // Waits until all of the work is done. One thread.
    void finish();

private:
    void run();

    std::size_t limit_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<std::function<void()>> waiting_;
    std::size_t under_way_ = 0;  // 0 or 1
    bool ending_ = false;
    std::thread thread_{&WorkQueue::run, this};
};
