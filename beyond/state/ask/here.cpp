// The ledger in this process, as in step 03.

#include <span>

#include "ask/ask.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "shell.hpp"

#include <cstdlib>

namespace {

std::string setting(const char* name, const std::string& fallback) {
    const char* set = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    return set != nullptr ? set : fallback;
}

}  // namespace

int main(int argc, char* argv[]) {
    return run_program("ask-here", [&] {
        const Orders orders = parse_orders({argv + 1, argv + argc});
        SqliteLedger ledger(setting("LEDGER", "ledger.db"), parse_cure(setting("CURE", "none")));
        ask(ledger, orders);
        return success;
    });
}
