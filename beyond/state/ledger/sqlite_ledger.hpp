// The ledger in a database, with the cure that is asked for.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "component1/component1.hpp"
#include "ledger/database.hpp"
#include "ledger/ledger.hpp"
#include "ledger/plant.hpp"

// tag::cure[]
enum class Cure {
    none,
    memory,       // answers are remembered under the request's key, in this process
    transaction,  // and in the database, in the transaction that counts
    outbox,       // there is also a message to somebody else in that transaction
};
// end::cure[]

// Throws std::invalid_argument.
Cure parse_cure(std::string_view name);

// One thread; but other processes may use the same file.
class SqliteLedger final : public Ledger {
public:
    SqliteLedger(const std::string& file, Cure cure);

    // A key that was used for another value is refused.
    Entry record(const Request& request) override;

private:
    bool remembers_in_database() const { return cure_ >= Cure::transaction; }
    std::int32_t count(const Request& request);
    std::int32_t add(std::int32_t value);
    std::optional<std::int32_t> find(const Request& request);

    Component1 component_;
    Plant plant_;
    Cure cure_;
    std::map<std::string, Entry, std::less<>> remembered_;  // the request's value, and its count
    Database database_;
    Statement add_;
    Statement find_;
    Statement remember_;
    Statement post_;
};
