#include "service/subject_server.hpp"

#include <unistd.h>

#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "protocol/envelope.hpp"
#include "service/stop_signals.hpp"
#include "shell.hpp"
#include "values.hpp"

namespace {

using namespace std::chrono_literals;
using Subscription = std::unique_ptr<natsSubscription, broker::Destroy>;

// What the callback of a subscription needs.
struct Operation {
    std::string name;
    const Service::Operation& function;
    std::chrono::milliseconds delay;
    const Story& story;
    std::string title;
};

// tag::receive[]
// On a thread of the library, one for each operation, to which the messages come in order.
void receive(natsConnection* connection, natsSubscription*, natsMsg* message, void* closure) {
    const auto& operation = *static_cast<const Operation*>(closure);
    const broker::Message request(message);
    const char* id = nullptr;
    if (natsMsgHeader_Get(message, "X-Request-ID", &id) != NATS_OK) {
        id = "";
    }
    operation.story.tell(operation.title + ": request " + quote(id) + ": " + operation.name);

    const auto handle = [&](const protocol::Json& params) {
        std::this_thread::sleep_for(operation.delay);
        return operation.function(params);
    };
    const std::string reply = protocol::answer(broker::payload(*request), handle);
    natsConnection_Publish(connection, natsMsg_GetReply(message), reply.data(),
                           static_cast<int>(reply.size()));  // fails: the caller asks again
}
// end::receive[]

// tag::subscribe[]
// In the queue group: one service of this name gets each message.
Subscription subscribe(const broker::Connection& connection, const std::string& group,
                       Operation& operation) {
    const std::string subject = protocol::subject(operation.name);
    natsSubscription* subscription = nullptr;
    broker::check(natsConnection_QueueSubscribe(&subscription, connection.get(), subject.c_str(),
                                                group.c_str(), receive, &operation),
                  "cannot subscribe to " + subject);
    return Subscription(subscription);
}
// end::subscribe[]

// tag::drain[]
// What the broker has sent is still taken, and what was taken is answered. Without a broker there
// is nothing to take.
void drain(const broker::Connection& connection) {
    if (natsConnection_DrainTimeout(connection.get(), 5'000) == NATS_OK) {
        while (!natsConnection_IsClosed(connection.get())) {
            nats_Sleep(10);
        }
    }
}
// end::drain[]

}  // namespace

void serve_subjects(const Service& service, const ServiceOptions& options,
                    const broker::Settings& broker) {
    const StopSignals signals;
    const Story story(options.quiet);
    const std::string title = service.name + " (pid " + std::to_string(getpid()) + ")";
    std::deque<Operation> operations;  // never moves its elements
    const broker::Connection connection =
        broker::connect(broker, service.name, 1s, story, [&] { return !signals.wait(100ms); });
    if (connection == nullptr) {
        return;
    }
    std::vector<Subscription> subscriptions;
    for (const auto& [name, function] : service.operations) {
        operations.push_back({name, function, options.delay, story, title});
        subscriptions.push_back(subscribe(connection, service.name, operations.back()));
    }
    natsConnection_FlushTimeout(connection.get(), 1'000);  // now the broker knows them
    print("ready\n");
    story.tell(title + ": version " + service.version + ", serves " + broker.shown);
    while (!signals.wait(100ms)) {
        broker::check_not_refused(connection, broker);
    }
    drain(connection);
    story.tell(title + ": ends");
}
