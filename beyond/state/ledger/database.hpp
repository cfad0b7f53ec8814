// A SQLite database, its statements, and a transaction that ends whatever happens. One thread each.

#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

class Database {
public:
    // Opens or makes the file. What is committed survives the end of the process; with
    // synchronous=FULL, the default here, that of the machine, too. LEDGER_SYNC may say OFF or
    // NORMAL. Waits up to five seconds for another process that writes. Throws
    // std::runtime_error, as do all that use it.
    explicit Database(const std::string& file);

    void run(const char* sql) const;
    sqlite3* get() const { return connection_.get(); }

private:
    struct Close {
        void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
    };
    std::unique_ptr<sqlite3, Close> connection_;
};

// Prepared once, used often. Borrows the database.
class Statement {
public:
    Statement(const Database& database, const char* sql);

    // Gives the next parameter its value.
    Statement& with(std::int64_t value);
    Statement& with(std::string_view value);  // which must live until the statement is reset

    // Goes to the next row; returns false at the end.
    bool next();
    std::int32_t number(int column) const;
    std::string text(int column) const;

    // Runs it to its end, and makes it ready for other values.
    void run();
    void reset();

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int bound_ = 0;
};

// What is not committed by its end has not happened. Borrows the database.
class Transaction {
public:
    explicit Transaction(const Database& database) : database_(database) {
        database_.run("BEGIN IMMEDIATE");  // waits for other writers here, not half-way
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    void commit();

private:
    const Database& database_;
    bool open_ = true;
};
