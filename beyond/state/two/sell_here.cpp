// Two components in one process with one database, as in step 03: one transaction spans both.

#include <stdexcept>

#include "ask/ask.hpp"
#include "ledger/billing.hpp"
#include "ledger/plant.hpp"
#include "ledger/run_program.hpp"
#include "shell.hpp"

namespace {

class Shop final : public Ledger {
public:
    explicit Shop(const std::string& file)
        : database_(file), billing_(database_), count_(with_table(database_), count_sql) {}

    // tag::transaction[]
    Entry record(const Request& request) override {
        Transaction transaction(database_);
        count_.with(request.value).run();
        billing_.bill(request);  // if it refuses, the count has not happened
        plant_.before_commit(request.value);
        transaction.commit();
        return {2 * request.value, 1};
    }
    // end::transaction[]

private:
    static constexpr const char* count_sql =
        "INSERT INTO counts VALUES(?, 1) ON CONFLICT(value) DO UPDATE SET count = count + 1";

    static const Database& with_table(const Database& database) {
        database.run("CREATE TABLE IF NOT EXISTS counts(value INTEGER PRIMARY KEY, count INTEGER)");
        return database;
    }

    Plant plant_;
    Database database_;
    Billing billing_;
    Statement count_;
};

}  // namespace

int main(int argc, char* argv[]) {
    return run_program("sell-here", [&] {
        const Orders orders = parse_orders({argv + 1, argv + argc});
        Shop shop(variable("LEDGER", "shop.db"));
        for (int number = orders.first; number <= orders.last; ++number) {
            try {
                shop.record({"order-" + std::to_string(number), number});
            } catch (const std::domain_error&) {
                // refused: neither counted nor billed
            }
            print(std::to_string(number) + '\n');
        }
        return 0;
    });
}
