#include "service/service.hpp"

#include <pthread.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "broker/connection.hpp"
#include "service/options.hpp"
#include "service/work_queue.hpp"

namespace {

using namespace std::chrono_literals;
using protocol::Error;

constexpr auto connect_again_after = 100ms;
constexpr auto check_every = 500ms;  // whether the connection is closed for good
constexpr std::chrono::milliseconds time_to_drain = 5s;
constexpr std::chrono::milliseconds time_to_flush = 1s;

struct Destroy {
    void operator()(natsMsg* message) const { natsMsg_Destroy(message); }
    void operator()(natsSubscription* subscription) const {
        natsSubscription_Destroy(subscription);
    }
};
using Message = std::shared_ptr<natsMsg>;
using Subscription = std::unique_ptr<natsSubscription, Destroy>;

// SIGTERM and SIGINT, blocked in this thread and all that it starts, to be waited for.
class StopSignals {
public:
    StopSignals() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGTERM);
        sigaddset(&signals_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }

    // Returns whether a signal came.
    bool wait_for(std::chrono::nanoseconds time) const {
        const timespec limit{0, static_cast<long>(time.count())};
        return sigtimedwait(&signals_, nullptr, &limit) > 0;
    }

private:
    sigset_t signals_{};
};

void tell(const ServiceOptions& options, const Service& service, const std::string& news) {
    if (!options.quiet) {
        std::cerr << service.name + " (pid " + std::to_string(getpid()) + "): " + news + '\n';
    }
}

protocol::Reply reply_to(const Service& service, const std::string& operation,
                         std::string_view payload) {
    try {
        return service.answer(protocol::decode_request(operation, payload));
    } catch (const protocol::MalformedMessage& error) {
        return Error{Error::Kind::malformed, error.what()};
    } catch (const std::domain_error& error) {
        return Error{Error::Kind::domain, error.what()};
    } catch (const std::exception& error) {
        return Error{Error::Kind::internal, error.what()};
    }
}

void send_reply(const broker::Connection& connection, natsMsg* request,
                const protocol::Reply& reply) {
    const char* to = natsMsg_GetReply(request);
    if (to != nullptr) {  // else nobody waits for it
        const std::string payload = protocol::encode(reply);
        // If this fails the broker is gone, and whoever asked will ask again.
        natsConnection_Publish(connection.get(), to, payload.data(),
                               static_cast<int>(payload.size()));
    }
}

// What the callback of a subscription needs; outlives the subscription.
struct Operation {
    const Service& service;
    const ServiceOptions& options;
    const broker::Connection& connection;
    WorkQueue* queue;  // null: no limit
    std::string name;

    // tag::receive[]
    // On a thread of the library, one for each operation.
    void receive(const Message& message) const {
        const auto work = [this, message] {
            std::this_thread::sleep_for(options.delay);
            const std::string_view payload(
                natsMsg_GetData(message.get()),
                static_cast<std::size_t>(natsMsg_GetDataLength(message.get())));
            send_reply(connection, message.get(), reply_to(service, name, payload));
        };
        if (queue == nullptr) {
            work();
        } else if (!queue->try_add(work)) {
            send_reply(connection, message.get(), Error{Error::Kind::busy, "too much to do"});
        }
    }
    // end::receive[]
};

// tag::subscribe[]
// A member of the queue group: of all services of this name one gets each message.
Subscription subscribe(Operation& operation) {
    natsSubscription* subscription = nullptr;
    const std::string subject = protocol::subject(operation.name);
    const natsStatus status = natsConnection_QueueSubscribe(
        &subscription, operation.connection.get(), subject.c_str(), operation.service.name.c_str(),
        [](natsConnection*, natsSubscription*, natsMsg* message, void* closure) {
            static_cast<const Operation*>(closure)->receive(Message(message, Destroy()));
        },
        &operation);
    if (status != NATS_OK) {
        throw std::runtime_error("cannot subscribe to " + subject + ": " +
                                 natsStatus_GetText(status));
    }
    return Subscription(subscription);
}
// end::subscribe[]

// The connection, or nothing if a signal came first.
std::unique_ptr<broker::Connection> connect(const Service& service, const ServiceOptions& options,
                                            const StopSignals& signals) {
    do {
        try {
            return std::make_unique<broker::Connection>(
                options.address, service.name, broker::Connection::Purpose::answer,
                [&](const std::string& news) { tell(options, service, news); });
        } catch (const broker::Unreachable& error) {
            tell(options, service, std::string(error.what()) + ", trying again");
        }
    } while (!signals.wait_for(connect_again_after));
    return nullptr;
}

// When it goes, what the broker has sent is still taken, and what was taken is answered.
class Drain {
public:
    Drain(const broker::Connection& connection, const std::vector<Subscription>& subscriptions,
          WorkQueue* queue)
        : connection_(connection), subscriptions_(subscriptions), queue_(queue) {}
    Drain(const Drain&) = delete;
    Drain& operator=(const Drain&) = delete;

    // tag::drain[]
    ~Drain() {
        const bool connected =
            natsConnection_Status(connection_.get()) == NATS_CONN_STATUS_CONNECTED;
        const auto limit = connected ? time_to_drain : 1ms;  // no broker, nothing to take
        for (const Subscription& subscription : subscriptions_) {
            natsSubscription_DrainTimeout(subscription.get(), limit.count());
        }
        for (const Subscription& subscription : subscriptions_) {
            natsSubscription_WaitForDrainCompletion(subscription.get(), 0);  // 0: that is the limit
        }
        if (queue_ != nullptr) {
            queue_->finish();
        }
        if (connected) {
            natsConnection_FlushTimeout(connection_.get(), time_to_flush.count());
        }
    }
    // end::drain[]

private:
    const broker::Connection& connection_;
    const std::vector<Subscription>& subscriptions_;
    WorkQueue* queue_;
};

void serve(const Service& service, const ServiceOptions& options) {
    const StopSignals signals;
    std::unique_ptr<WorkQueue> queue;
    if (options.queue > 0) {
        queue = std::make_unique<WorkQueue>(static_cast<std::size_t>(options.queue));
    }
    std::vector<std::unique_ptr<Operation>> operations;  // queue and operations outlive its threads
    const std::unique_ptr<broker::Connection> connection = connect(service, options, signals);
    if (connection == nullptr) {
        return;
    }
    {
        std::vector<Subscription> subscriptions;
        const Drain drain(*connection, subscriptions, queue.get());
        for (const std::string& name : service.operations) {
            operations.push_back(std::make_unique<Operation>(
                Operation{service, options, *connection, queue.get(), name}));
            subscriptions.push_back(subscribe(*operations.back()));
        }
        natsConnection_FlushTimeout(connection->get(), time_to_flush.count());  // the broker knows
        std::cout << "ready" << std::endl;  // whoever started it
        tell(options, service,
             "version " + service.version + ", serves " + connection->shown_urls());
        while (!signals.wait_for(check_every)) {
            if (natsConnection_IsClosed(connection->get())) {
                throw std::runtime_error("broker " + connection->shown_urls() +
                                         " refuses this service now; has its password changed?");
            }
        }
    }
    tell(options, service, "ends");
}

}  // namespace

int run_service(const Service& service, std::span<char* const> arguments) {
    try {
        const ServiceOptions options = parse_service_arguments(arguments);
        broker::hide_secrets(arguments);
        if (options.help) {
            std::cout << "Usage: " << service.name << " [options]\n" << service_usage;
        } else if (options.version) {
            std::cout << service.name << ' ' << service.version << '\n';
        } else {
            serve(service, options);
        }
        return 0;
    } catch (const std::invalid_argument& error) {
        std::cerr << service.name << ": " << error.what() << "; try '" << service.name
                  << " --help'\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << service.name << ": " << error.what() << '\n';
        return 3;
    }
}
