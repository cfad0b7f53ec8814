// A batch: many values, several in progress at once, printed in the order in which they came.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <mutex>
#include <optional>
#include <queue>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

// Runs the value with this number, counted from 0, writes its block to the stream, and returns
// whether the components accepted the value.
using RunValue = std::function<bool(std::size_t number, std::int32_t value, std::ostream& block)>;

// Owns a thread for each worker. If a value fails for good, the values before it are still printed,
// then the program ends with one line that says why: at once, since the thread that adds values may
// wait for standard input for ever.
class Batch {
public:
    explicit Batch(const std::vector<RunValue>& workers);

    // Leaves the value to the next free worker, and waits until another is wanted. With one worker,
    // returns when the value is done, so its story stays in order. Call from one thread.
    void add(std::int32_t value);

    // Waits until all are printed, and returns whether all were accepted.
    bool finish();

private:
    struct Outcome {
        std::string block;
        bool accepted = true;
        std::optional<std::string> failure;
    };

    void work(const std::stop_token& stop, const RunValue& run);
    void print_finished();

    std::mutex mutex_;
    std::condition_variable_any more_;  // values wait for a worker
    std::condition_variable room_;      // for another value
    std::queue<std::int32_t> waiting_;
    std::size_t taken_ = 0;                // by a worker
    std::map<std::size_t, Outcome> kept_;  // by number, until their turn comes
    std::size_t turn_ = 0;
    bool all_accepted_ = true;
    std::vector<std::jthread> threads_;  // declared last, so joined first
};
