#include "batch.hpp"

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "shell.hpp"

namespace {

// The values, for several threads, each with its number.
class NumberedValues {
public:
    explicit NumberedValues(ValueSource& values) : values_(values) {}

    // Returns false at the end.
    bool next(std::size_t& number, std::int32_t& value) {
        const std::lock_guard guard(mutex_);
        number = next_number_++;
        const auto next = values_.next();
        value = next.value_or(0);
        return next.has_value();
    }

private:
    ValueSource& values_;
    std::mutex mutex_;
    std::size_t next_number_ = 0;
};

// Prints blocks in the order of their numbers, in whatever order they come.
class OrderedOutput {
public:
    // tag::put[]
    // Keeps the block until its turn comes; waits if too many are kept already.
    void put(std::size_t number, std::string block, const std::exception_ptr& failure) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return number < turn_ + most_kept; });
        kept_.emplace(number, Kept{std::move(block), failure});
        for (auto next = kept_.find(turn_); next != kept_.end(); next = kept_.find(++turn_)) {
            print_or_exit(next->second);
            kept_.erase(next);
        }
        changed_.notify_all();
    }
    // end::put[]

private:
    struct Kept {
        std::string block;
        std::exception_ptr failure;
    };

    static constexpr std::size_t most_kept = 4096;

    static void print_or_exit(const Kept& kept) {
        try {
            if (kept.failure) {
                std::rethrow_exception(kept.failure);
            }
            print(kept.block);
        } catch (const std::exception& error) {
            print_error("app: " + std::string(error.what()));
            std::_Exit(boundary_failure);
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t turn_ = 0;
    std::map<std::size_t, Kept> kept_;
};

}  // namespace

bool run_batch(ValueSource& values, const std::vector<RunValue>& workers) {
    NumberedValues numbered(values);
    OrderedOutput output;
    std::atomic<bool> all_accepted = true;

    const auto work = [&](const RunValue& run) {
        for (bool more = true; more;) {
            std::size_t number = 0;
            std::int32_t value = 0;
            std::ostringstream block;
            std::exception_ptr failure;
            try {
                if (!numbered.next(number, value)) {
                    return;
                }
                if (!run(number, value, block)) {
                    all_accepted = false;
                }
            } catch (const std::exception&) {
                failure = std::current_exception();
                more = false;
            }
            output.put(number, block.str(), failure);
        }
    };

    std::vector<std::thread> threads;
    threads.reserve(workers.size());
    for (const RunValue& run : workers) {
        threads.emplace_back(work, std::cref(run));
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    return all_accepted;
}
