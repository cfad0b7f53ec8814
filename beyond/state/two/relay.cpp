// The relay takes what is in the ledger's outbox to billing, until it has been taken there. It
// belongs to the ledger, whose database it reads; of billing it knows one operation.

#include <optional>
#include <stdexcept>

#include "broker/connection.hpp"
#include "ledger/database.hpp"
#include "ledger/json.hpp"
#include "ledger/plant.hpp"
#include "ledger/run_program.hpp"
#include "nats_client.hpp"

namespace {

class Outbox {
public:
    explicit Outbox(const std::string& file)
        : database_(file),
          oldest_(database_, "SELECT key, value FROM outbox ORDER BY number LIMIT 1"),
          remove_(database_, "DELETE FROM outbox WHERE key = ?"),
          uncount_(database_, "UPDATE counts SET count = count - 1 WHERE value = ?"),
          cancel_(database_, "INSERT INTO cancelled VALUES(?, ?)") {}

    std::optional<Request> oldest() {
        std::optional<Request> found;
        if (oldest_.next()) {
            found = Request{oldest_.text(0), oldest_.number(1)};
        }
        oldest_.reset();
        return found;
    }

    void done(const Request& request) { remove_.with(request.key).run(); }

    // tag::compensate[]
    // The other has refused what is counted here already: takes it back, and says why.
    void compensate(const Request& request, const std::string& reason) {
        Transaction transaction(database_);
        uncount_.with(request.value).run();
        cancel_.with(request.key).with(reason).run();
        remove_.with(request.key).run();
        transaction.commit();
    }
    // end::compensate[]

private:
    Database database_;
    Statement oldest_;
    Statement remove_;
    Statement uncount_;
    Statement cancel_;
};

// tag::relay[]
// Returns when the outbox is empty. Killed between bill and done, it bills again: with the same
// key.
void relay(Outbox& outbox, Client& billing, const Plant& plant) {
    while (const auto request = outbox.oldest()) {
        try {
            billing.call<protocol::Json>("bill", *request);
            plant.before_answer(request->value);
            outbox.done(*request);
        } catch (const std::domain_error& refusal) {
            outbox.compensate(*request, refusal.what());
        }
    }
}
// end::relay[]

}  // namespace

int main() {
    using namespace std::chrono_literals;
    return run_program("relay", [] {
        const Story story(true);
        const Plant plant;
        Outbox outbox(variable("LEDGER", "ledger.db"));
        std::vector<std::string> no_options;
        NatsClient client(broker::take_settings(no_options), {400ms, 10s}, story);
        relay(outbox, client, plant);
        return 0;
    });
}
