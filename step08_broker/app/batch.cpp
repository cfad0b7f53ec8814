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

// What the threads share. It lives as long as the last of them.
class Batch {
public:
    Batch(const Values& values, std::size_t threads)
        : values_(values, input_, print_error), threads_(threads) {}

    // tag::work[]
    void work(const RunValue& run) {
        std::string failure;
        while (const auto next = failure.empty() ? take() : std::nullopt) {
            std::ostringstream block;
            bool accepted = false;
            try {
                accepted = run(next->first, next->second, block);
            } catch (const std::exception& error) {
                failure = error.what();
            }
            put(next->first, accepted, block.str(), failure);
        }
        end_threads(1, {});
    }
    // end::work[]

    void end_threads(std::size_t count, const std::string& failure) {
        const std::lock_guard guard(mutex_);
        threads_ -= count;
        failure_ = failure_.empty() ? failure : failure_;
        changed_.notify_all();
    }

    BatchResult wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock,
                      [&] { return threads_ == 0 || (!failure_.empty() && in_progress_ == 0); });
        if (!failure_.empty()) {
            throw std::runtime_error(failure_);
        }
        return {all_accepted_, values_.saw_bad_line()};
    }

private:
    static constexpr std::size_t most_kept = 4096;

    // The next value and its number; nothing at the end, and once the batch has failed.
    std::optional<std::pair<std::size_t, std::int32_t>> take() {
        const std::lock_guard reading(reading_);
        std::optional<std::int32_t> value;
        std::string failure;
        try {
            value = values_.next();  // may wait for ever
        } catch (const std::exception& error) {
            failure = error.what();
        }
        const std::lock_guard guard(mutex_);
        failure_ = failure_.empty() ? failure : failure_;
        if (!value || !failure_.empty()) {
            return std::nullopt;
        }
        ++in_progress_;
        return std::pair(next_number_++, *value);
    }

    // tag::put[]
    // Keeps the block until its turn comes; waits if too many are kept already.
    void put(std::size_t number, bool accepted, std::string block, const std::string& failure) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return number < turn_ + most_kept || !failure_.empty(); });
        all_accepted_ = all_accepted_ && accepted;
        kept_.emplace(number, std::pair(std::move(block), failure));
        try {
            for (auto at = kept_.find(turn_); at != kept_.end() && failure_.empty(); ++turn_) {
                failure_ = at->second.second;
                if (failure_.empty()) {
                    print(at->second.first);
                }
                kept_.erase(at);
                at = kept_.find(turn_ + 1);
            }
        } catch (const std::exception& error) {
            failure_ = error.what();
        }
        --in_progress_;
        changed_.notify_all();
    }
    // end::put[]

    std::mutex reading_;  // held by the thread that waits for input
    StandardInput input_;
    ValueSource values_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t threads_;          // that have not ended
    std::size_t in_progress_ = 0;  // values
    std::size_t next_number_ = 0;
    std::size_t turn_ = 0;
    std::map<std::size_t, std::pair<std::string, std::string>> kept_;  // and failures
    bool all_accepted_ = true;
    std::string failure_;  // of the value whose turn it was
};

}  // namespace

BatchResult run_batch(const Values& values, const std::vector<RunValue>& workers) {
    const auto batch = std::make_shared<Batch>(values, workers.size());
    for (std::size_t i = 0; i < workers.size(); ++i) {
        try {
            std::thread([batch, &run = workers[i]] { batch->work(run); }).detach();
        } catch (const std::system_error& error) {
            batch->end_threads(workers.size() - i,
                               std::string("cannot start a thread for each job: ") + error.what() +
                                   "; ask for fewer with --jobs");
            break;
        }
    }
    return batch->wait();
}
