#include "batch.hpp"

#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "shell.hpp"

namespace {

constexpr std::size_t most_kept = 4096;  // blocks that wait for their turn

// What the threads share. It lives as long as the last of them.
class Batch {
public:
    explicit Batch(const Values& values) : values_(values, input_, print_error) {}

    // tag::work[]
    void work(const RunValue& run) {
        while (const auto value = next()) {
            Finished finished;
            std::ostringstream block;
            try {
                finished.accepted = run(value->first, value->second, block);
                finished.block = block.str();
            } catch (const std::exception&) {
                finished.failure = std::current_exception();
            }
            const bool failed = finished.failure != nullptr;
            put(value->first, std::move(finished));
            if (failed) {
                return;
            }
        }
    }
    // end::work[]

    // The threads that work are those that do not wait for a value.
    void begin_thread() {
        const std::lock_guard guard(mutex_);
        ++threads_;
        ++working_;
    }
    void end_thread() {
        const std::lock_guard guard(mutex_);
        --threads_;
        --working_;
        changed_.notify_all();
    }

    void fail(const std::exception_ptr& failure) {
        const std::lock_guard guard(mutex_);
        failure_ = failure_ ? failure_ : failure;
        changed_.notify_all();
    }

    BatchResult wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return threads_ == 0 || (failure_ && working_ == 0); });
        if (failure_) {
            std::rethrow_exception(failure_);
        }
        return {all_accepted_, values_.saw_bad_line()};
    }

private:
    struct Finished {
        std::string block;
        bool accepted = false;
        std::exception_ptr failure;
    };
    using NumberedValue = std::pair<std::size_t, std::int32_t>;

    // Nothing at the end, and once the batch has failed.
    std::optional<NumberedValue> next() {
        stop_working();
        std::optional<NumberedValue> result;
        try {
            const std::lock_guard guard(reading_);
            if (const auto value = values_.next()) {
                result.emplace(next_number_++, *value);
            }
        } catch (const std::exception&) {
            fail(std::current_exception());
        }
        const std::lock_guard guard(mutex_);
        ++working_;
        return failure_ ? std::nullopt : result;
    }

    void stop_working() {
        const std::lock_guard guard(mutex_);
        --working_;
        changed_.notify_all();
    }

    // tag::put[]
    // Keeps the block until its turn comes; waits if too many are kept already.
    void put(std::size_t number, Finished finished) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return number < turn_ + most_kept || failure_; });
        kept_.emplace(number, std::move(finished));
        for (auto at = kept_.find(turn_); at != kept_.end() && !failure_;
             at = kept_.find(++turn_)) {
            print_or_fail(at->second);
            kept_.erase(at);
        }
        changed_.notify_all();
    }
    // end::put[]

    void print_or_fail(const Finished& finished) {
        failure_ = finished.failure;
        try {
            if (!failure_) {
                print(finished.block);
            }
        } catch (const std::exception&) {
            failure_ = std::current_exception();
        }
        all_accepted_ = all_accepted_ && finished.accepted;
    }

    std::mutex reading_;  // held by the one that waits for input
    StandardInput input_;
    ValueSource values_;
    std::size_t next_number_ = 0;

    std::mutex mutex_;
    std::condition_variable changed_;
    int threads_ = 0;
    int working_ = 0;
    std::size_t turn_ = 0;
    std::map<std::size_t, Finished> kept_;
    bool all_accepted_ = true;
    std::exception_ptr failure_;
};

}  // namespace

BatchResult run_batch(const Values& values, const std::vector<RunValue>& workers) {
    const auto batch = std::make_shared<Batch>(values);
    for (const RunValue& run : workers) {
        batch->begin_thread();
        try {
            std::thread([batch, &run] {
                batch->work(run);
                batch->end_thread();
            }).detach();
        } catch (const std::system_error& error) {
            batch->end_thread();
            batch->fail(std::make_exception_ptr(
                std::runtime_error(std::string("cannot start a thread for each job: ") +
                                   error.what() + "; ask for fewer with --jobs")));
            break;
        }
    }
    return batch->wait();
}
