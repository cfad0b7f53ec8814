// The ledger in a database: what it remembers, and what has not happened if anything of it fails.

#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "catch2.hpp"
#include "ledger/sqlite_ledger.hpp"

namespace {

// A database in a folder of its own.
class Scratch {
public:
    Scratch() {
        std::string name = std::filesystem::temp_directory_path() / "ledger.XXXXXX";
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { std::filesystem::remove_all(folder_); }

    std::string file() const { return folder_ / "ledger.db"; }

    int number(const std::string& query) const {
        const Database database(file());
        Statement statement(database, query.c_str());
        REQUIRE(statement.next());
        return statement.number(0);
    }

private:
    std::filesystem::path folder_;
};

const std::string all_counts = "SELECT coalesce(sum(count), 0) FROM counts";

}  // namespace

TEST_CASE("a request that comes again counts once, wherever it is remembered") {
    for (const Cure cure : {Cure::memory, Cure::transaction, Cure::outbox}) {
        const Scratch scratch;
        SqliteLedger ledger(scratch.file(), cure);
        CHECK(ledger.record({"a", 21}).value == 42);
        CHECK(ledger.record({"a", 21}).count == 1);
        CHECK(ledger.record({"b", 21}).count == 2);
        CHECK(ledger.record({"a", 21}).count == 1);
        CHECK(scratch.number(all_counts) == 2);
    }
}

TEST_CASE("the database remembers when the process has ended, the memory does not") {
    for (const auto& [cure, counted] : {std::pair{Cure::memory, 2}, {Cure::transaction, 1}}) {
        const Scratch scratch;
        SqliteLedger(scratch.file(), cure).record({"a", 1});
        CHECK(SqliteLedger(scratch.file(), cure).record({"a", 1}).count == counted);
    }
}

TEST_CASE("a key that was used for another value is refused and does not count") {
    for (const Cure cure : {Cure::memory, Cure::transaction, Cure::outbox}) {
        const Scratch scratch;
        SqliteLedger ledger(scratch.file(), cure);
        ledger.record({"a", 1});
        CHECK_THROWS_AS(ledger.record({"a", 2}), std::domain_error);
        CHECK(scratch.number(all_counts) == 1);
    }
}

TEST_CASE("what cannot be remembered or posted is not counted") {
    for (const std::string table : {"answers", "outbox"}) {
        const Scratch scratch;
        SqliteLedger ledger(scratch.file(), Cure::outbox);
        Database(scratch.file())
            .run(("CREATE TRIGGER full BEFORE INSERT ON " + table +
                  " BEGIN SELECT RAISE(ABORT, 'full'); END")
                     .c_str());
        CHECK_THROWS_AS(ledger.record({"a", 1}), std::runtime_error);
        CHECK(scratch.number(all_counts) == 0);
        CHECK(scratch.number("SELECT count(*) FROM answers") == 0);
        CHECK(scratch.number("SELECT count(*) FROM outbox") == 0);
    }
}

TEST_CASE("there is one message in the outbox for each request") {
    const Scratch scratch;
    SqliteLedger ledger(scratch.file(), Cure::outbox);
    ledger.record({"a", 1});
    ledger.record({"a", 1});
    ledger.record({"b", 1});
    CHECK(scratch.number("SELECT count(*) FROM outbox") == 2);
}
