// Billing as a service, with a database of its own.

#include "ledger/billing.hpp"

#include <nlohmann/json.hpp>

#include "service/run_service.hpp"
#include "shell.hpp"

int main(int argc, char* argv[]) {
    using namespace protocol;
    return run_program("billing", [&] {
        const Database database(setting("", "BILLING", "billing.db"));
        Billing billing(database);
        const auto bill = [&](const Json& payload) {
            billing.bill({string_member(payload, "key"), int32_member(payload, "value")});
            return std::string("{}");
        };
        return run_service({.name = "billing", .version = "1.0.0", .operations = {{"bill", bill}}},
                           {argv + 1, argv + argc});
    });
}
