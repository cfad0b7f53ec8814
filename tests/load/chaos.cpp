// Chaos: while a batch runs, every 100 to 300 ms something is killed, or stopped for longer than
// the time limit: a service, the broker, or a proxy on the way to them, which cuts connections or
// lets them hang. All comes back, and no value may be lost. HARNESS_SEED repeats the same faults,
// HARNESS_VALUES sets the size of the batch. HARNESS_RESTARTS is how often in a row step06 may
// start a service again: one whose language starts slowly needs more than the three by default.
//
// Then what does not come back, in mid-batch: the program must end in time. The same from the
// start, and for single faults, is in faults_of_*.cpp.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch2.hpp"
#include "faults.hpp"
#include "processes.hpp"
#include "seed.hpp"
#include "testbed.hpp"

namespace fs = std::filesystem;

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr Milliseconds timeout = 200ms;  // the app's, for an answer
constexpr int jobs = 4;                  // the app's where it has the option

// Options for the app, which gets the batch.
Command command(const Batch& batch, std::vector<std::string> options) {
    options.insert(options.end(), {"--timeout", std::to_string(timeout.count()), "-"});
    if (step_under_test() != "step06") {
        options.insert(options.end(), {"--jobs", std::to_string(jobs)});
    }
    return {.arguments = options, .input = batch.input};
}

// A value takes 8 ms at least in every step.
std::map<std::string, std::string> slow_services() {
    return {{"SERVICE_DELAY", std::to_string(step_under_test() == "step06" ? 2 : 2 * jobs)}};
}

// 0 if there is none now.
pid_t process_of(const Victim& victim, const Program& app) {
    if (victim.program) {
        return victim.program->id();
    }
    const std::vector<Process> children = children_of(app.id());
    const auto child = std::ranges::find(children, victim.name, &Process::name);
    return child != children.end() ? child->id : 0;
}

class Chaos {
public:
    Chaos(Testbed& testbed, Program& app, unsigned seed)
        : victims_(testbed.victims()), app_(app), random_(seed) {}

    // Until the app has ended.
    void go_on() {
        for (;;) {
            const auto next = std::min(next_fault_, next_repair());
            const auto time = std::chrono::ceil<Milliseconds>(next - Clock::now());
            if (!app_.runs_for(std::max(time, Milliseconds(0)))) {
                break;
            }
            repair();
            if (Clock::now() >= next_fault_) {
                do_harm();
                next_fault_ = Clock::now() + random(100, 300);
            }
        }
        repair_all();
    }

    const std::map<std::string, int>& faults() const { return faults_; }

private:
    struct Repair {
        Clock::time_point time;
        Victim* victim;
        std::function<void()> action;
    };

    Milliseconds random(int least, int most) {
        return Milliseconds(std::uniform_int_distribution(least, most)(random_));
    }

    Clock::time_point next_repair() const {
        return repairs_.empty() ? Clock::time_point::max()
                                : std::ranges::min(repairs_, {}, &Repair::time).time;
    }

    void repair() {
        const auto now = Clock::now();
        for (const Repair& repair : repairs_) {
            if (repair.time <= now) {
                repair.action();
            }
        }
        std::erase_if(repairs_, [now](const Repair& repair) { return repair.time <= now; });
    }

    void repair_all() {
        for (const Repair& repair : repairs_) {
            repair.action();
        }
        repairs_.clear();
    }

    void do_harm() {
        Victim& victim = victims_.at(
            std::uniform_int_distribution<std::size_t>(0, victims_.size() - 1)(random_));
        const bool kills = std::bernoulli_distribution(0.5)(random_);
        const Milliseconds time = kills ? random(0, 300) : timeout + random(50, 250);
        const pid_t process = process_of(victim, app_);
        if (process == 0 ||
            std::ranges::find(repairs_, &victim, &Repair::victim) != repairs_.end()) {
            return;  // it is down already
        }
        ++faults_[victim.name + (kills ? " killed" : " stopped")];
        kill(process, kills ? SIGKILL : SIGSTOP);
        if (!kills) {
            repairs_.push_back({Clock::now() + time, &victim, [this, &victim, process] {
                                    if (process_of(victim, app_) ==
                                        process) {  // step06's app ends it
                                        kill(process, SIGCONT);
                                    }
                                }});
        } else if (victim.launch) {
            const int status = victim.program->wait();
            INFO(victim.name << ", stderr: " << victim.program->err());
            CHECK(status == 128 + SIGKILL);  // and has not ended before
            victim.program.reset();
            repairs_.push_back({Clock::now() + time, &victim,
                                [&victim] { victim.program.emplace(victim.launch()); }});
        }
    }

    std::vector<Victim>& victims_;
    Program& app_;
    std::mt19937 random_;
    Clock::time_point next_fault_ = Clock::now() + 100ms;
    std::vector<Repair> repairs_;
    std::map<std::string, int> faults_;
};

// Values that no component rejects.
Batch random_batch(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_int_distribution value(-4999, 4999);
    std::string input;
    for (std::size_t i = 0; i < count; ++i) {
        input += std::to_string(value(random)) + '\n';
    }
    return batch_of(std::move(input));
}

std::vector<std::string> restarts() {
    const char* chosen = std::getenv("HARNESS_RESTARTS");
    return chosen != nullptr ? std::vector<std::string>{"--restarts", chosen}
                             : std::vector<std::string>{};
}

std::size_t count_values() {
    const char* chosen = std::getenv("HARNESS_VALUES");
    return chosen != nullptr ? std::stoul(chosen) : 500;
}

}  // namespace

TEST_CASE("chaos", "[chaos]") {
    const unsigned used_seed = seed();
    const std::size_t count = count_values();
    const Batch batch = random_batch(count, used_seed);
    REQUIRE(batch.status == 0);
    Testbed testbed(slow_services());
    const auto start = Clock::now();
    Program app = testbed.start_app(command(batch, restarts()));
    Chaos chaos(testbed, app, used_seed);
    chaos.go_on();
    check_complete(app, batch);
    testbed.check_ends_well();

    const std::chrono::duration<double> passed = Clock::now() - start;
    int faults = 0;
    for (const auto& [what, times] : chaos.faults()) {
        std::cout << "  " << what << ": " << times << '\n';
        faults += times;
    }
    std::cout << step_under_test() << ": " << count << " values, " << faults << " faults, "
              << count_repetitions(app) << " repeated calls, " << passed.count() << " s"
              << std::endl;
    CHECK(faults >= 20);
    CHECK(count_repetitions(app) > 0);
}

namespace {

struct Stays {
    std::string name;  // whose begins so
    int signal;
    std::string error;
};

std::vector<Stays> all_that_may_stay() {
    if (step_under_test() == "step06") {
        return {{"service1", SIGKILL, "service /.*/service1 .*; gave up after 3 restarts.*"},
                {"service2", SIGKILL, "service /.*/service2 .*; gave up after 3 restarts.*"}};
    }
    if (step_under_test() == "step07") {
        const std::string error = "service http://127[.0-9:]+ gave no valid reply in 1000 ms: .*";
        return {{"service1", SIGKILL, error},
                {"service2", SIGKILL, error},
                {"way to service1", SIGKILL, error},
                {"way to service2", SIGSTOP, error + "no whole answer in time.*"}};
    }
    const auto error = [](const std::string& service, const std::string& reason) {
        return "subject service." + service + " of broker .* gave no result in 1000 ms: " + reason +
               ";.*";
    };
    return {{"service1", SIGKILL, error("(process|validate)", "nobody listens to it")},
            {"service2", SIGKILL, error("(transform|analyze)", "nobody listens to it")},
            {"service2", SIGSTOP, error("(transform|analyze)", "no answer in time")},
            {"way of the services", SIGKILL, error(".*", "nobody listens to it")},
            {"way of the app", SIGKILL, error(".*", ".*")},
            {"way of the app", SIGSTOP, error(".*", "no answer in time")}};
}

}  // namespace

TEST_CASE("fault-that-stays", "[chaos]") {
    const Batch batch = random_batch(500, 1);
    for (const auto& [name, signal, error] : all_that_may_stay()) {
        INFO(name << ", signal " << signal);
        Testbed testbed(slow_services());
        const TemporaryDirectory services;
        std::vector<std::string> options{"--deadline", "1000"};
        if (step_under_test() == "step06") {
            for (const std::string service : {"service1", "service2"}) {
                fs::create_symlink(fs::absolute(std::getenv("HARNESS_APP")).parent_path() / service,
                                   services.path() / service);
            }
            options = {"--service-dir", services.path()};
        }
        Program app = testbed.start_app(command(batch, options));
        app.await_lines(60);
        const TimeLimit limit(2s);
        if (step_under_test() == "step06") {
            fs::remove(services.path() / name);  // or it would be back at once
        }
        for (const Victim* victim : testbed.find(name)) {
            kill(process_of(*victim, app), signal);
        }
        check_gave_up(app, batch, error);
        for (Victim* victim : testbed.find(name)) {
            if (victim->program && signal == SIGSTOP) {
                victim->program->send(SIGCONT);
            } else {
                victim->program.reset();
            }
        }
        testbed.check_ends_well();
    }
}
