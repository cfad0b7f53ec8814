// Billing as a service, with a database of its own.

#include "ledger/billing.hpp"
#include "ledger/json.hpp"
#include "ledger/run_program.hpp"
#include "service/run_service.hpp"

int main(int argc, char* argv[]) {
    using protocol::Json;
    return run_program("billing", [&] {
        const Database database(variable("BILLING", "billing.db"));
        Billing billing(database);
        const auto bill = [&](const Json& params) {
            billing.bill(params.get<Request>());
            return Json::object();
        };
        return run_service({.name = "billing", .version = "1.0.0", .operations = {{"bill", bill}}},
                           {argv + 1, argv + argc});
    });
}
