// Step 06: a call to a child process, one JSON line each way over a pipe.

#include <iostream>
#include <string>

#include "concurrent.hpp"
#include "floors/pipe.hpp"
#include "floors/plain_json.hpp"
#include "remote_processor.hpp"
#include "rounds.hpp"
#include "supervised_service.hpp"

namespace {

std::string answer_in_json(const std::string& line) {
    return plain_answer(Style::line, "", line) + '\n';
}

// Two children, as the step has.
PlainClient json_over(PipeChild& child1, PipeChild& child2) {
    return {Style::line, [&](const std::string& operation, const std::string& message) {
                const bool second = operation == "transform" || operation == "analyze";
                return (second ? child2 : child1).exchange(message + '\n');
            }};
}

}  // namespace

int main() {
    const std::string request = "{\"id\":1000,\"op\":\"process\",\"params\":{\"input\":42}}\n";
    const std::string reply = "{\"id\":1000,\"result\":{\"value\":84,\"processed\":true}}\n";
    PipeChild same_bytes([&](const std::string&) { return std::string(reply); });
    PipeChild child1(answer_in_json);
    PipeChild child2(answer_in_json);
    PlainClient json = json_over(child1, child2);

    const Story story(false);
    SupervisedService service(std::string(SERVICES) + "/service1", {"--quiet"},
                              {std::chrono::seconds(2), 0}, story);
    const RemoteProcessor processor(service);

    Rounds rounds;
    rounds.time("call", [&] { processor.process(42); });
    rounds.time("raw_pipe", [&] { same_bytes.exchange(request); });
    rounds.time("raw_pipe_json", [&] { json.process(); });
    rounds.time("four_calls", [&] { json.four_calls(); });
    rounds.time("coarse_call", [&] { json.coarse_call(); });
    rounds.on("concurrent", [&](std::istream& arguments) {
        return count_concurrent(arguments, [&] { return [&] { json.four_calls(); }; });
    });
    return rounds.run();
}
