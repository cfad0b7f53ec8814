#include "batch.hpp"

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "shell.hpp"

Batch::Batch(const std::vector<RunValue>& workers) {
    for (const RunValue& run : workers) {
        threads_.emplace_back([this, run](const std::stop_token& stop) {
            try {
                work(stop, run);
            } catch (const std::exception& error) {
                std::cerr << "app: " + std::string(error.what()) + '\n';
                std::quick_exit(boundary_failure);
            }
        });
    }
}

void Batch::add(std::int32_t value) {
    std::unique_lock lock(mutex_);
    waiting_.push(value);
    more_.notify_one();
    room_.wait(lock, [&] {
        constexpr std::size_t most_kept = 1'000;
        const std::size_t unfinished = waiting_.size() + taken_ - turn_ - kept_.size();
        return unfinished < 2 * threads_.size() - 1 && kept_.size() < most_kept;
    });
}

bool Batch::finish() {
    threads_.clear();  // asks each to stop, which it does when no value waits any more
    return all_accepted_;
}

// tag::work[]
void Batch::work(const std::stop_token& stop, const RunValue& run) {
    std::unique_lock lock(mutex_);
    while (more_.wait(lock, stop, [&] { return !waiting_.empty(); })) {
        const std::int32_t value = waiting_.front();
        waiting_.pop();
        const std::size_t number = taken_++;
        lock.unlock();
        Outcome outcome;
        try {
            std::ostringstream block;
            outcome.accepted = run(number, value, block);
            outcome.block = block.str();
        } catch (const std::exception& error) {
            outcome.failure = error.what();
        }
        lock.lock();
        kept_.emplace(number, std::move(outcome));
        print_finished();
    }
}
// end::work[]

// tag::print[]
// Prints those whose turn has come. With a failure the turn stays where it is, so that nothing
// behind it is printed.
void Batch::print_finished() {
    for (auto next = kept_.extract(turn_); next; next = kept_.extract(++turn_)) {
        const Outcome& outcome = next.mapped();
        if (outcome.failure) {
            throw std::runtime_error(*outcome.failure);
        }
        print(outcome.block);
        all_accepted_ &= outcome.accepted;
    }
    room_.notify_one();
}
// end::print[]
