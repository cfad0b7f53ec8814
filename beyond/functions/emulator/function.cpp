#include "function.hpp"

#include <utility>

#include "shell.hpp"

Function::Function(std::string name, std::filesystem::path path, std::chrono::milliseconds limit)
    : name_(std::move(name)),
      path_(std::move(path)),
      limit_(limit),
      loaded_(std::make_shared<Loaded>(path_)) {
    changed_ = std::filesystem::last_write_time(path_);
}

Function::~Function() = default;

// tag::invoke[]
std::optional<Outcome> Function::invoke(const Event& event) {
    const auto give_up = std::chrono::steady_clock::now() + limit_;
    for (std::optional<Worker> worker; (worker = take());) {
        const Outcome outcome = worker->instance->invoke(event, limit_);
        give_back(std::move(*worker));
        if (outcome.kind != Outcome::Kind::not_begun) {
            return outcome;
        }
        if (std::chrono::steady_clock::now() > give_up) {
            break;  // each ends before it begins
        }
    }
    return std::nullopt;
}
// end::invoke[]

std::optional<Function::Worker> Function::take() {
    std::unique_lock lock(mutex_);
    const auto free = [&] { return !idle_.empty() || workers_ < most_processes; };
    if (!given_back_.wait_for(lock, limit_, free)) {
        return std::nullopt;
    }
    while (!idle_.empty()) {
        Worker worker = std::move(idle_.front());
        idle_.pop_front();
        if (worker.loaded == loaded_ && worker.instance->alive()) {
            return worker;
        }
        --workers_;
        lock.unlock();
        worker.instance.reset();
        lock.lock();
    }
    ++workers_;
    const std::shared_ptr<Loaded> loaded = loaded_;
    lock.unlock();
    return Worker{loaded, std::make_unique<Instance>(name_, loaded->program)};
}

void Function::give_back(Worker worker) {
    const bool usable = worker.instance->alive();
    if (!usable) {
        worker.instance.reset();
    }
    const std::lock_guard lock(mutex_);
    if (usable) {
        idle_.push_front(std::move(worker));  // so that those not needed stay asleep
    } else {
        --workers_;
    }
    given_back_.notify_one();
}

void Function::reload_if_changed() {
    std::error_code gone;
    const Time changed = std::filesystem::last_write_time(path_, gone);
    {
        const std::lock_guard lock(mutex_);
        if (gone || changed == changed_) {
            return;
        }
    }
    try {
        auto loaded = std::make_shared<Loaded>(path_);
        const std::lock_guard lock(mutex_);
        loaded_ = std::move(loaded);
        changed_ = changed;
        print_error("emulator: " + name_ + " has changed, and is loaded again");
    } catch (const std::exception&) {  // half written; the next look will see more
    }
}
