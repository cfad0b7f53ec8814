#include "ledger/database.hpp"

#include <cstdlib>
#include <stdexcept>

namespace {

[[noreturn]] void fail(sqlite3* connection) {
    throw std::runtime_error(std::string("database: ") + sqlite3_errmsg(connection));
}

std::string durability() {
    const char* set = std::getenv("LEDGER_SYNC");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    std::string wanted = set != nullptr ? set : "FULL";
    if (wanted != "OFF" && wanted != "NORMAL" && wanted != "FULL") {
        throw std::invalid_argument("LEDGER_SYNC must be OFF, NORMAL or FULL");
    }
    return wanted;
}

}  // namespace

Database::Database(const std::string& file) {
    const std::string synchronous = durability();
    sqlite3* opened = nullptr;
    const int status = sqlite3_open(file.c_str(), &opened);
    connection_.reset(opened);
    if (status != SQLITE_OK) {
        throw std::runtime_error("cannot open the database " + file + ": " +
                                 sqlite3_errmsg(opened) + "; is its folder there?");
    }
    // tag::settings[]
    sqlite3_busy_timeout(opened, 5'000);  // ms; another process may be writing
    run("PRAGMA journal_mode = WAL");     // readers see the last commit and never wait
    run(("PRAGMA synchronous = " + synchronous).c_str());  // FULL: fsync() before each commit ends
    // end::settings[]
}

void Database::run(const char* sql) const {
    if (sqlite3_exec(get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(get());
    }
}

Statement::Statement(const Database& database, const char* sql) {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(database.get(), sql, -1, &prepared, nullptr) != SQLITE_OK) {
        fail(database.get());
    }
    statement_.reset(prepared);
}

Statement& Statement::with(std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), ++bound_, value);
    return *this;
}

Statement& Statement::with(std::string_view value) {
    sqlite3_bind_text(statement_.get(), ++bound_, value.data(), static_cast<int>(value.size()),
                      SQLITE_STATIC);
    return *this;
}

bool Statement::next() {
    const int status = sqlite3_step(statement_.get());
    if (status != SQLITE_ROW && status != SQLITE_DONE) {
        const std::string error = sqlite3_errmsg(sqlite3_db_handle(statement_.get()));
        reset();
        throw std::runtime_error("database: " + error);
    }
    return status == SQLITE_ROW;
}

std::int32_t Statement::number(int column) const {
    return sqlite3_column_int(statement_.get(), column);
}

std::string Statement::text(int column) const {
    return {reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column)),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Statement::run() {
    while (next()) {
    }
    reset();
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    bound_ = 0;
}

Transaction::~Transaction() {
    if (open_) {
        sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() {
    database_.run("COMMIT");
    open_ = false;
}
