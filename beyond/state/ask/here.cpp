// The ledger in this process, as in step 03.

#include "ask/ask.hpp"
#include "ledger/run_program.hpp"
#include "ledger/sqlite_ledger.hpp"

int main(int argc, char* argv[]) {
    return run_program("ask-here", [&] {
        const Orders orders = parse_orders({argv + 1, argv + argc});
        SqliteLedger ledger(variable("LEDGER", "ledger.db"), parse_cure(variable("CURE", "none")));
        ask(ledger, orders);
        return 0;
    });
}
