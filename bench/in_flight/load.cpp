#include "in_flight/load.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <stdexcept>

namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;

double core_seconds(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// Of this process and of others.
class Cores {
public:
    explicit Cores(const std::vector<pid_t>& others) : clocks_{CLOCK_PROCESS_CPUTIME_ID} {
        for (const pid_t pid : others) {
            clockid_t clock = 0;
            if (clock_getcpuclockid(pid, &clock) != 0) {
                throw std::runtime_error("there is no process " + std::to_string(pid));
            }
            clocks_.push_back(clock);
        }
        std::transform(clocks_.begin(), clocks_.end(), std::back_inserter(then_), core_seconds);
    }

    json busy() const {
        const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
        json cores = json::array();
        for (std::size_t i = 0; i < clocks_.size(); ++i) {
            cores.push_back((core_seconds(clocks_[i]) - then_[i]) / seconds);
        }
        return cores;
    }

private:
    Clock::time_point began_ = Clock::now();
    std::vector<clockid_t> clocks_;
    std::vector<double> then_;
};

// How long pieces took that ended within the time. That is longer if it has to be for as many of
// them as are in progress.
class Times {
public:
    explicit Times(const Load& load)
        : least_(load.in_progress),
          begin_(Clock::now() + load.time / 5),
          end_(Clock::now() + load.time) {}

    bool begun() const { return Clock::now() >= begin_; }
    bool over() const { return over_; }

    void add(Clock::time_point began) {
        const auto now = Clock::now();
        if (over_ || now < begin_) {
            return;
        }
        times_.push_back(std::chrono::duration<double, std::nano>(now - began).count());
        if (now >= end_ && times_.size() >= least_) {
            over_ = true;
            end_ = now;
        }
    }

    json figures() {
        std::sort(times_.begin(), times_.end());
        const auto count = static_cast<double>(times_.size());
        return {{"per_second", count / std::chrono::duration<double>(end_ - begin_).count()},
                {"mean", std::accumulate(times_.begin(), times_.end(), 0.0) / count},
                {"p50", percentile(50)},
                {"p99", percentile(99)},
                {"max", times_.back()}};
    }

private:
    double percentile(double percent) const {
        const double rank = std::ceil(percent / 100 * static_cast<double>(times_.size()));
        return times_[static_cast<std::size_t>(rank) - 1];
    }

    std::size_t least_;
    Clock::time_point begin_;
    Clock::time_point end_;
    bool over_ = false;
    std::vector<double> times_;
};

struct Slot {
    Work work;
    Clock::time_point began;
};

}  // namespace

json put_on(Carrier& carrier, const Load& load) {
    std::vector<Slot> slots(load.in_progress, Slot{Work(load.work), {}});
    const auto begin = [&](std::size_t number) {
        slots[number].began = Clock::now();
        const Request request = slots[number].work.first();
        carrier.send(number, request.operation, request.parameters);
    };
    Times times(load);
    std::optional<Cores> cores;
    json busy;
    for (std::size_t number = 0; number < slots.size(); ++number) {
        begin(number);
    }
    for (std::size_t left = slots.size(); left > 0;) {
        carrier.receive([&](std::size_t number, const json& result) {
            Slot& slot = slots.at(number);
            if (const auto request = slot.work.next(result)) {
                carrier.send(number, request->operation, request->parameters);
                return;
            }
            times.add(slot.began);
            if (times.over()) {
                --left;
            } else {
                begin(number);
            }
        });
        if (!cores && times.begun()) {
            cores.emplace(load.others);
        }
        if (cores && busy.is_null() && times.over()) {
            busy = cores->busy();
        }
    }
    json figures = times.figures();
    figures["cores"] = busy;
    return figures;
}
