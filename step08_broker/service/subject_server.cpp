#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "broker/connection.hpp"
#include "broker/options.hpp"
#include "protocol/deadline.hpp"
#include "protocol/envelope.hpp"
#include "service/run_service.hpp"
#include "shell.hpp"
#include "values.hpp"

namespace {

using namespace std::chrono_literals;
using Subscription = std::unique_ptr<natsSubscription, broker::Destroy>;
using Subscriptions = std::vector<Subscription>;

constexpr int time_to_drain = 5'000;  // ms
constexpr int time_to_flush = 1'000;

// "" if the message has no such header.
std::string_view header(natsMsg& message, const char* name) {
    const char* value = nullptr;
    natsMsgHeader_Get(&message, name, &value);
    return value != nullptr ? value : "";
}

// What the callback of a subscription needs; outlives the library's threads.
struct Operation {
    const Service& service;
    const broker::Connection& connection;
    const Story& story;
    std::string name;
    int limit;  // 0: none

    // tag::receive[]
    // On a thread of the library, one for each operation, to which the messages come in order.
    void receive(natsSubscription* subscription, natsMsg& request) const {
        const std::string refusal = why_not(subscription, request);
        story.tell(service.title() + ": request " + quote(header(request, "X-Request-ID")) + ": " +
                   name + (refusal.empty() ? "" : ", refused: " + refusal));
        if (!refusal.empty()) {
            const protocol::Error busy{protocol::Error::Kind::busy, refusal};
            connection.reply(request, protocol::encode_error(busy));
            return;
        }
        const std::string reply = protocol::answer(
            broker::payload(request),
            [&](const protocol::Json& payload) { return service.call(name, payload); });
        connection.reply(request, reply);
    }
    // end::receive[]

    // tag::limit[]
    // Why the request is not begun, if that is so; the caller may try again.
    std::string why_not(natsSubscription* subscription, natsMsg& request) const {
        int waiting = 0;  // behind this one
        natsSubscription_GetPending(subscription, &waiting, nullptr);
        if (limit > 0 && waiting >= limit) {
            return "too much to do";
        }
        return protocol::is_late(header(request, protocol::deadline_header))
                   ? "the caller's deadline has passed"
                   : "";
    }
    // end::limit[]
};

// tag::subscribe[]
// In the queue group: one service of this name gets each message. Returns when the broker knows it.
Subscription subscribe(Operation& operation) {
    natsSubscription* subscription = nullptr;
    natsConnection* connection = operation.connection.get();
    const std::string subject = protocol::subject(operation.name);
    const natsStatus status = natsConnection_QueueSubscribe(
        &subscription, connection, subject.c_str(), operation.service.name.c_str(),
        [](natsConnection*, natsSubscription* self, natsMsg* message, void* closure) {
            const std::unique_ptr<natsMsg, broker::Destroy> request(message);
            static_cast<const Operation*>(closure)->receive(self, *request);
        },
        &operation);
    Subscription result(subscription);
    if (status != NATS_OK) {
        throw std::runtime_error("cannot subscribe to " + subject + ": " +
                                 natsStatus_GetText(status));
    }
    natsConnection_FlushTimeout(connection, time_to_flush);
    const char* error = "";
    if (natsConnection_GetLastError(connection, &error) == NATS_NOT_PERMITTED &&
        std::string_view(error).find(subject) != std::string_view::npos) {
        throw std::runtime_error("cannot subscribe to " + subject + ": " + error +
                                 "; the broker has to permit it to this service's user");
    }
    return result;
}
// end::subscribe[]

// The connection, or nothing if a signal came first.
std::unique_ptr<broker::Connection> connect(const broker::Address& address, const Service& service,
                                            const StopSignals& signals, const Story& story) {
    const auto tell = [&](const std::string& news) { story.tell(service.title() + ": " + news); };
    do {
        try {
            return std::make_unique<broker::Connection>(address, service.name,
                                                        broker::Purpose::answer, 1s, tell);
        } catch (const broker::Unreachable& error) {
            tell(std::string(error.what()) + ", trying again");
        }
    } while (!signals.wait(-1, 100ms));
    return nullptr;
}

// tag::drain[]
// What the broker has sent is still taken, and what was taken is answered.
void drain(const broker::Connection& connection, const Subscriptions& subscriptions) {
    if (natsConnection_Status(connection.get()) != NATS_CONN_STATUS_CONNECTED) {
        return;  // no broker, nothing to take
    }
    for (const Subscription& subscription : subscriptions) {
        natsSubscription_DrainTimeout(subscription.get(), time_to_drain);
    }
    for (const Subscription& subscription : subscriptions) {
        natsSubscription_WaitForDrainCompletion(subscription.get(), 0);  // 0: that is the limit
    }
    natsConnection_FlushTimeout(connection.get(), time_to_flush);
}
// end::drain[]

// Requests come as messages on its operations' subjects.
class SubjectServer final : public Server {
public:
    // The arguments of main(), whose secrets are overwritten as soon as they have been read.
    explicit SubjectServer(std::span<char* const> arguments) : arguments_(arguments) {}

    std::string_view usage() const override;
    bool take(Arguments& arguments) override;
    void serve(const Service& service, const StopSignals& signals, const Story& story) override;

private:
    std::span<char* const> arguments_;
    broker::Options broker_;
    int queue_ = 0;  // requests of an operation in progress and waiting, at most; 0: no limit
};

std::string_view SubjectServer::usage() const {
    return R"(      --nats URL[,URL]   the broker (NATS_URL; nats://127.0.0.1:4222); name and password in the
                         URL or in NATS_USER and NATS_PASSWORD, or a token in NATS_TOKEN
      --tls-ca FILE      use TLS and trust the certificates that this CA signed (NATS_CA)
      --queue N          of each operation, N requests at most in hand and waiting; the rest is
                         answered with "busy", so that another service gets it (0: no limit)
)";
}

bool SubjectServer::take(Arguments& arguments) {
    if (arguments.is("--queue")) {
        queue_ = arguments.number(0, 1'000'000);
        return true;
    }
    return broker_.take(arguments);
}

void SubjectServer::serve(const Service& service, const StopSignals& signals, const Story& story) {
    const broker::Address address = broker_.address();
    broker::hide_secrets(arguments_);
    std::deque<Operation> operations;
    const auto connection = connect(address, service, signals, story);
    if (connection == nullptr) {
        return;
    }
    Subscriptions subscriptions;
    for (const auto& [name, function] : service.operations) {
        operations.push_back({service, *connection, story, name, queue_});
        subscriptions.push_back(subscribe(operations.back()));
    }
    print("ready\n");
    story.tell(service.title() + ": version " + service.version + ", serves " + address.shown());
    while (!signals.wait(-1, 500ms)) {
        if (const std::string reason = connection->why_deaf(); !reason.empty()) {
            throw std::runtime_error("broker " + address.shown() +
                                     " refuses this service now: " + reason);
        }
    }
    drain(*connection, subscriptions);
    story.tell(service.title() + ": ends");
}

}  // namespace

std::unique_ptr<Server> make_server(const std::string&, std::span<char* const> arguments) {
    return std::make_unique<SubjectServer>(arguments);
}
