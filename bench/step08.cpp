// Step 08: a call to a worker behind a broker. Arguments: the broker's URL.

#include <string>

#include "concurrent.hpp"
#include "floors/nats.hpp"
#include "floors/plain_json.hpp"
#include "floors/tcp.hpp"
#include "nats_client.hpp"
#include "remote_processor.hpp"
#include "rounds.hpp"

int main(int, char* argv[]) {
    const std::string url = argv[1];

    const std::string request = "{\"input\":42}";
    TcpChild same_bytes([&](const std::string& bytes) { return bytes.size() == request.size(); },
                        [&](const std::string&) { return std::string(request); });
    const NatsResponder responder1(url, {"process", "validate", "run"});
    const NatsResponder responder2(url, {"transform", "analyze"});
    NatsRequester requester(url);
    const auto over_nats = [&](const std::string& operation, const std::string& payload) {
        return requester.exchange(operation, payload);
    };
    PlainClient json(Style::payload, over_nats);

    using std::chrono::seconds;
    const Story story(true);
    NatsClient client({url, "", url}, {seconds(2), seconds(10)}, story);
    const RemoteProcessor processor(client);

    Rounds rounds;
    rounds.time("call", [&] { processor.process(42); });
    rounds.time("raw_tcp", [&] { same_bytes.exchange(request); });
    rounds.time("nats", [&] { json.process(); });
    rounds.time("four_calls", [&] { json.four_calls(); });
    rounds.time("coarse_call", [&] { json.coarse_call(); });
    rounds.on("concurrent", [&](std::istream& arguments) {
        return count_concurrent(arguments, [&] {
            return [own = PlainClient(Style::payload, over_nats)]() mutable { own.four_calls(); };
        });
    });
    return rounds.run();
}
