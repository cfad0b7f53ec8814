#include "nats_client.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>

#include "backoff.hpp"
#include "protocol/envelope.hpp"

using namespace std::chrono_literals;

NatsClient::NatsClient(const broker::Settings& broker, NatsLimits limits, const Story& story)
    : broker_(broker),
      limits_(limits),
      story_(story),
      run_(std::to_string(std::random_device{}()) + '-') {
    const auto limit = std::min<std::chrono::milliseconds>(limits.deadline, 1s);
    Backoff backoff(1ms, 250ms, limits.deadline);
    connection_ = broker::connect(broker, "app", limit, story, [&] { return backoff.pause(); });
    if (connection_ == nullptr) {
        throw std::runtime_error("broker " + broker.shown + " cannot be reached in " +
                                 std::to_string(limits.deadline.count()) +
                                 " ms; start it, or name another with --nats or NATS_URL");
    }
}

// tag::ask[]
void NatsClient::ask(const std::string& operation, const protocol::Json& params, const Read& read) {
    const std::string subject = protocol::subject(operation);
    const std::string payload = params.dump();
    const std::string id = run_ + std::to_string(++calls_);
    natsMsg* request = nullptr;
    natsMsg_Create(&request, subject.c_str(), nullptr, payload.data(),
                   static_cast<int>(payload.size()));
    const broker::Message owner(request);
    natsMsgHeader_Set(request, "X-Request-ID", id.c_str());

    Backoff backoff(1ms, 250ms, limits_.deadline);
    std::string failure;
    do {
        try {
            return attempt(request, backoff.limit(limits_.timeout), read);
        } catch (const std::runtime_error& error) {
            failure = error.what();
        } catch (const protocol::Json::exception& error) {
            failure = std::string("answered nonsense: ") + error.what();
        }
        story_.tell("request " + id + ": subject " + subject + ": " + failure);
        broker::check_not_refused(connection_, broker_);
    } while (backoff.pause());
    throw std::runtime_error("subject " + subject + " of broker " + broker_.shown +
                             " gave no result in " + std::to_string(limits_.deadline.count()) +
                             " ms: " + failure + "; start the service, or name another broker " +
                             "with --nats or NATS_URL");
}
// end::ask[]

// tag::attempt[]
void NatsClient::attempt(natsMsg* request, std::chrono::milliseconds limit, const Read& read) {
    natsMsg* received = nullptr;
    const natsStatus status =
        natsConnection_RequestMsg(&received, connection_.get(), request, limit.count());
    nats_ReleaseThreadMemory();  // the error's text; this thread may outlive the library
    const broker::Message reply(received);
    if (status != NATS_OK) {
        throw std::runtime_error(status == NATS_NO_RESPONDERS ? "nobody listens to it"
                                 : status == NATS_TIMEOUT     ? "no answer in time"
                                                              : natsStatus_GetText(status));
    }
    read(protocol::decode_reply(broker::payload(*reply)));
}
// end::attempt[]
