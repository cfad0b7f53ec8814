// The ledger behind a broker, as in step 08: asked again when no answer comes.

#include <span>

#include "ask/ask.hpp"
#include "ask/remote_ledger.hpp"
#include "broker/options.hpp"
#include "nats_client.hpp"
#include "shell.hpp"

int main(int argc, char* argv[]) {
    using namespace std::chrono_literals;
    return run_program("ask-broker", [&] {
        const Orders orders = parse_orders({argv + 1, argv + argc});
        const Story story(true);
        NatsClient client(broker::Options{}.address(), {400ms, 10s}, story);
        RemoteLedger ledger(client);
        ask(ledger, orders);
        return success;
    });
}
