// The ledger behind a broker, as in step 08: asked again when no answer comes.

#include "ask/ask.hpp"
#include "ask/remote_ledger.hpp"
#include "broker/connection.hpp"
#include "ledger/run_program.hpp"
#include "nats_client.hpp"

int main(int argc, char* argv[]) {
    using namespace std::chrono_literals;
    return run_program("ask-broker", [&] {
        const Orders orders = parse_orders({argv + 1, argv + argc});
        const Story story(true);
        std::vector<std::string> no_options;
        NatsClient client(broker::take_settings(no_options), {400ms, 10s}, story);
        RemoteLedger ledger(client);
        ask(ledger, orders);
        return 0;
    });
}
