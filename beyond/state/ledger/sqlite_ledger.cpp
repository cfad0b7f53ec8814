#include "ledger/sqlite_ledger.hpp"

#include <stdexcept>

namespace {

std::int32_t same_request(const Request& request, std::int32_t value, std::int32_t count) {
    if (request.value != value) {
        throw std::domain_error("the key was used for another value");
    }
    return count;
}

Database open(const std::string& file) {
    Database database(file);
    // tag::tables[]
    database.run(
        "CREATE TABLE IF NOT EXISTS counts("
        "  value INTEGER PRIMARY KEY, count INTEGER NOT NULL);"
        "CREATE TABLE IF NOT EXISTS answers("
        "  key TEXT PRIMARY KEY, value INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS outbox("
        "  number INTEGER PRIMARY KEY, key TEXT NOT NULL, value INTEGER NOT NULL);"
        "CREATE TABLE IF NOT EXISTS cancelled("
        "  key TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID");
    // end::tables[]
    return database;
}

}  // namespace

Cure parse_cure(std::string_view name) {
    using enum Cure;
    const std::map<std::string_view, Cure> cures{
        {"none", none}, {"memory", memory}, {"transaction", transaction}, {"outbox", outbox}};
    const auto found = cures.find(name);
    if (found == cures.end()) {
        throw std::invalid_argument("the cure must be none, memory, transaction or outbox");
    }
    return found->second;
}

SqliteLedger::SqliteLedger(const std::string& file, Cure cure)
    : cure_(cure),
      database_(open(file)),
      add_(database_,
           "INSERT INTO counts VALUES(?, 1)"
           " ON CONFLICT(value) DO UPDATE SET count = count + 1 RETURNING count"),
      find_(database_, "SELECT value, count FROM answers WHERE key = ?"),
      remember_(database_, "INSERT INTO answers VALUES(?, ?, ?)"),
      post_(database_, "INSERT INTO outbox(key, value) VALUES(?, ?)") {}

// tag::record[]
Entry SqliteLedger::record(const Request& request) {
    const std::int32_t doubled = component_.process(request.value).value;
    const Entry entry{doubled, count(request)};
    plant_.before_answer(request.value);  // the wrong moment: counted, and nobody knows
    return entry;
}

std::int32_t SqliteLedger::count(const Request& request) {
    if (const auto known = remembered_.find(request.key); known != remembered_.end()) {
        return same_request(request, known->second.value, known->second.count);
    }
    Transaction transaction(database_);
    if (const auto known = find(request)) {
        return *known;
    }
    const std::int32_t count = add(request.value);
    if (remembers_in_database()) {
        remember_.with(request.key).with(request.value).with(count).run();
    }
    if (cure_ == Cure::outbox) {
        post_.with(request.key).with(request.value).run();
    }
    plant_.before_commit(request.value);
    transaction.commit();
    if (cure_ == Cure::memory) {
        remembered_.emplace(request.key, Entry{request.value, count});
    }
    return count;
}
// end::record[]

std::int32_t SqliteLedger::add(std::int32_t value) {
    add_.with(value).next();
    const std::int32_t count = add_.number(0);
    add_.run();
    return count;
}

std::optional<std::int32_t> SqliteLedger::find(const Request& request) {
    if (!remembers_in_database()) {
        return std::nullopt;
    }
    std::optional<Entry> found;
    if (find_.with(request.key).next()) {
        found = Entry{find_.number(0), find_.number(1)};
    }
    find_.reset();
    return found ? std::optional(same_request(request, found->value, found->count)) : std::nullopt;
}
