#include "function.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

using std::chrono::steady_clock;

Function::Function(boost::asio::io_context& context, Children& children, std::string name,
                   std::filesystem::path path, std::chrono::milliseconds limit)
    : context_(context),
      children_(children),
      name_(std::move(name)),
      path_(std::move(path)),
      limit_(limit),
      timer_(context),
      program_(std::make_shared<Program>(path_)) {
    changed_ = std::filesystem::last_write_time(path_);
}

void Function::invoke(Event event, Done done) {
    now_.push_back({std::move(event), std::move(done), steady_clock::now() + limit_});
    dispatch();
}

bool Function::invoke_later(Event event, Done done) {
    if (later_.size() == most_waiting) {
        return false;
    }
    later_.push_back({std::move(event), std::move(done), steady_clock::time_point::max()});
    dispatch();
    return true;
}

// tag::dispatch[]
void Function::dispatch() {
    while (!now_.empty() || !later_.empty()) {
        const auto free = std::ranges::find_if(
            instances_, [](const auto& instance) { return instance->is_free(); });
        if (free == instances_.end() && instances_.size() == most_processes) {
            break;
        }
        std::deque<Job>& queue = now_.empty() ? later_ : now_;
        Job job = std::move(queue.front());
        queue.pop_front();
        try {
            const auto instance = free == instances_.end() ? start() : *free;
            instance->work_on(std::move(job));
        } catch (const std::exception& error) {
            job.done({Result::Kind::not_started, error.what()});
        }
    }
    if (!now_.empty()) {
        timer_.expires_at(now_.front().give_up);
        timer_.async_wait([this](boost::system::error_code error) {
            if (!error) {
                refuse_late();
            }
        });
    }
}

std::shared_ptr<Instance> Function::start() {
    const auto instance = std::make_shared<Instance>(context_, name_, program_, limit_);
    const auto place = instances_.insert(instances_.end(), instance);
    instance->watch(children_, {[this] { dispatch(); },
                                [this, place](std::optional<Job> job) {
                                    instances_.erase(place);
                                    if (job) {
                                        now_.push_front(std::move(*job));
                                    }
                                    dispatch();
                                }});
    return instance;
}
// end::dispatch[]

void Function::refuse_late() {
    while (!now_.empty() && now_.front().give_up <= steady_clock::now()) {
        now_.front().done({Result::Kind::busy, "all processes were busy"});
        now_.pop_front();
    }
    dispatch();
}

std::size_t Function::in_progress() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        instances_, [](const auto& instance) { return instance->has_job(); }));
}

std::size_t Function::drop_waiting() {
    for (const Job& job : std::exchange(now_, {})) {
        job.done({Result::Kind::busy, "the emulator ends"});
    }
    return std::exchange(later_, {}).size();
}

bool Function::reload_if_changed() {
    std::error_code gone;
    const auto changed = std::filesystem::last_write_time(path_, gone);
    if (gone || changed == changed_) {
        return false;
    }
    try {
        program_ = std::make_shared<Program>(path_);
    } catch (const std::exception&) {
        return false;  // half written; the next check sees more
    }
    changed_ = changed;
    for (const auto& instance : instances_) {
        instance->leave();
    }
    return true;
}
