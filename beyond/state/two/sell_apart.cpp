// Two components with a database each, asked one after the other. What could go wrong?

#include <stdexcept>

#include "ask/ask.hpp"
#include "ask/remote_ledger.hpp"
#include "broker/connection.hpp"
#include "ledger/json.hpp"
#include "ledger/plant.hpp"
#include "ledger/run_program.hpp"
#include "nats_client.hpp"
#include "shell.hpp"

int main(int argc, char* argv[]) {
    using namespace std::chrono_literals;
    return run_program("sell-apart", [&] {
        const Orders orders = parse_orders({argv + 1, argv + argc});
        const Story story(true);
        const Plant plant;
        std::vector<std::string> no_options;
        NatsClient client(broker::take_settings(no_options), {400ms, 10s}, story);
        RemoteLedger ledger(client);
        for (int number = orders.first; number <= orders.last; ++number) {
            print(std::to_string(number) + '\n');
            // tag::apart[]
            const Request request{"order-" + std::to_string(number), number};
            ledger.record(request);
            plant.before_answer(number);  // this program is killed here: counted, never billed
            try {
                client.call<protocol::Json>("bill", request);
            } catch (const std::domain_error&) {
                // Refused, but the other has counted it. Take it back? And if that fails?
            }
            // end::apart[]
        }
        return 0;
    });
}
