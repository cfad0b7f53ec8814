// Exercise 06-shared-memory, solved: a call to a child process, one JSON line each way through
// memory that both share; asleep while it waits, and spinning; wherever the system puts them, and
// on two cores.

#include <sched.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "floors/plain_json.hpp"
#include "floors/shared.hpp"
#include "remote_processor.hpp"
#include "rounds.hpp"
#include "supervised_service.hpp"

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

const std::string request = R"({"id":1000,"op":"process","params":{"input":42}})";
const std::string reply = R"({"id":1000,"result":{"value":84,"processed":true}})";

// Where this program may run: on all of its cores, or on one of them. Children keep what is set
// when they are started.
class Cores {
public:
    Cores() { sched_getaffinity(0, sizeof(all_), &all_); }

    void use(int core) {
        if (core == used_) {
            return;
        }
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(core, &one);
        sched_setaffinity(0, sizeof(one), core == any ? &all_ : &one);
        used_ = core;
    }

    int first() const {
        int core = 0;
        for (; CPU_ISSET(core, &all_) == 0; ++core) {
        }
        return core;
    }

    int last() const {
        int core = CPU_SETSIZE - 1;
        for (; CPU_ISSET(core, &all_) == 0; --core) {
        }
        return core;
    }

    static constexpr int any = -1;

private:
    cpu_set_t all_;
    int used_ = any;
};

// The bare mechanism, and the solution, in one way to wait. With two cores each side keeps to one
// of them; if there is only one, that is the same.
class Way {
public:
    Way(std::chrono::microseconds spin, bool two_cores, Cores& cores, const Story& story)
        : cores_(cores), core_(two_cores ? cores.first() : Cores::any) {
        cores.use(two_cores ? cores.last() : Cores::any);
        same_bytes_ = std::make_unique<SharedChild>(spin, [](const std::string&) { return reply; });
        child_ = std::make_unique<SharedChild>(
            spin, [](const std::string& line) { return plain_answer(Style::line, "", line); });
        service_ = std::make_unique<SupervisedService>(std::string(SERVICES) + "/service1",
                                                       std::vector<std::string>{"--quiet"},
                                                       SupervisionLimits{2s, 0, spin}, story);
        RemoteProcessor(*service_).process(42);  // which starts it
    }

    void add_to(Rounds& rounds, const std::string& suffix) {
        add(rounds, "shared" + suffix, [this] { RemoteProcessor(*service_).process(42); });
        add(rounds, "bare_shared" + suffix, [this] { json_.process(); });
        add(rounds, "bytes_shared" + suffix, [this] { same_bytes_->exchange(request); });
    }

private:
    void add(Rounds& rounds, const std::string& series, const std::function<void()>& exchange) {
        rounds.add(series, [this, exchange] {
            cores_.use(core_);
            const auto began = steady_clock::now();
            exchange();
            return Rounds::Nanoseconds(steady_clock::now() - began);
        });
    }

    Cores& cores_;
    int core_;
    std::unique_ptr<SharedChild> same_bytes_;
    std::unique_ptr<SharedChild> child_;
    std::unique_ptr<SupervisedService> service_;
    PlainClient json_{Style::line, [this](const std::string&, const std::string& message) {
                          return child_->exchange(message);
                      }};
};

}  // namespace

int main() {
    const Story story(false);
    Cores cores;
    Way asleep(0us, false, cores, story);
    Way asleep_on_two(0us, true, cores, story);
    Way spinning(20us, false, cores, story);
    Way spinning_on_two(20us, true, cores, story);
    Rounds rounds;
    asleep.add_to(rounds, "");
    asleep_on_two.add_to(rounds, "_two");
    spinning.add_to(rounds, "_spin");
    spinning_on_two.add_to(rounds, "_spin_two");
    return rounds.run();
}
