// The ledger as a service.

#include <nlohmann/json.hpp>

#include "ledger/sqlite_ledger.hpp"
#include "service/run_service.hpp"
#include "shell.hpp"

int main(int argc, char* argv[]) {
    using namespace protocol;
    return run_program("ledger", [&] {
        SqliteLedger ledger(setting("", "LEDGER", "ledger.db"),
                            parse_cure(setting("", "CURE", "none")));
        // tag::service[]
        const auto record = [&](const Json& payload) {
            const Entry entry =
                ledger.record({string_member(payload, "key"), int32_member(payload, "value")});
            return text_of({{"value", entry.value}, {"count", entry.count}});
        };
        return run_service(
            {.name = "ledger", .version = "1.0.0", .operations = {{"record", record}}},
            {argv + 1, argv + argc});
        // end::service[]
    });
}
