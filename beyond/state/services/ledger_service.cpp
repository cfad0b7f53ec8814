// The ledger as a service.

#include "ledger/json.hpp"
#include "ledger/run_program.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "service/run_service.hpp"

int main(int argc, char* argv[]) {
    using protocol::Json;
    return run_program("ledger", [&] {
        SqliteLedger ledger(variable("LEDGER", "ledger.db"), parse_cure(variable("CURE", "none")));
        // tag::service[]
        const auto record = [&](const Json& params) -> Json {
            return ledger.record(params.get<Request>());
        };
        return run_service(
            {.name = "ledger", .version = "1.0.0", .operations = {{"record", record}}},
            {argv + 1, argv + argc});
        // end::service[]
    });
}
