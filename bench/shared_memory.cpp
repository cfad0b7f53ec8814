// Exercise 06-shared-memory, solved: a call to a child process, one JSON line each way through
// memory that both share; asleep while it waits, and spinning.

#include <chrono>
#include <string>

#include "floors/plain_json.hpp"
#include "floors/shared.hpp"
#include "remote_processor.hpp"
#include "rounds.hpp"
#include "supervised_service.hpp"

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::microseconds spin = 20us;

const std::string request = R"({"id":1000,"op":"process","params":{"input":42}})";
const std::string reply = R"({"id":1000,"result":{"value":84,"processed":true}})";

std::string answer_in_json(const std::string& line) {
    return plain_answer(Style::line, "", line);
}

// The bare mechanism, and the solution, in one way to wait.
class Way {
public:
    Way(std::chrono::microseconds time, const Story& story)
        : same_bytes_(time, [](const std::string&) { return reply; }),
          child_(time, answer_in_json),
          json_(Style::line,
                [this](const std::string&, const std::string& message) {
                    return child_.exchange(message);
                }),
          service_(std::string(SERVICES) + "/service1", {"--quiet"}, {2s, 0, time}, story) {}

    void add_to(Rounds& rounds, const std::string& suffix) {
        rounds.time("shared" + suffix, [this] { processor_.process(42); });
        rounds.time("bare_shared" + suffix, [this] { json_.process(); });
        rounds.time("bytes_shared" + suffix, [this] { same_bytes_.exchange(request); });
    }

private:
    SharedChild same_bytes_;
    SharedChild child_;
    PlainClient json_;
    SupervisedService service_;
    RemoteProcessor processor_{service_};
};

}  // namespace

int main() {
    const Story story(false);
    Way asleep(0us, story);
    Way spinning(spin, story);
    Rounds rounds;
    asleep.add_to(rounds, "");
    spinning.add_to(rounds, "_spin");
    return rounds.run();
}
