#include "ledger/billing.hpp"

namespace {

const Database& with_table(const Database& database) {
    database.run(
        "CREATE TABLE IF NOT EXISTS bills("
        "  key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID");
    return database;
}

}  // namespace

Billing::Billing(const Database& database)
    : insert_(with_table(database), "INSERT INTO bills VALUES(?, ?) ON CONFLICT(key) DO NOTHING") {}

// tag::bill[]
void Billing::bill(const Request& request) {
    const TransformResult result = component_.transform(2 * request.value);
    insert_.with(request.key).with(result.transformed).run();
}
// end::bill[]
