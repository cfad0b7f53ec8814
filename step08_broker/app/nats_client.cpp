#include "nats_client.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>

#include "backoff.hpp"
#include "protocol/deadline.hpp"
#include "protocol/envelope.hpp"

namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr milliseconds first_pause = 1ms;
constexpr milliseconds longest_pause = 250ms;
constexpr milliseconds connect_limit = 1s;

std::unique_ptr<broker::Connection> connect(const broker::Address& address, milliseconds limit,
                                            const Story& story) {
    Backoff backoff(first_pause, longest_pause, limit);
    for (;;) {
        std::string failure;
        try {
            return std::make_unique<broker::Connection>(
                address, "app", broker::Purpose::ask,
                std::min(backoff.begin_attempt(limit), connect_limit),
                [&story](const std::string& news) { story.tell(news); });
        } catch (const broker::Unreachable& error) {
            failure = error.what();
        }
        story.tell(failure);
        if (!backoff.pause()) {
            throw std::runtime_error(failure + " in " + std::to_string(limit.count()) +
                                     " ms; start it, or name another with --nats or NATS_URL");
        }
    }
}

}  // namespace

NatsClient::NatsClient(const broker::Address& address, NatsLimits limits, const Story& story)
    : broker_(address.shown()),
      limits_(limits),
      story_(story),
      connection_(connect(address, limits.deadline, story)) {}

void NatsClient::call(std::string_view operation, const std::string& payload, const Read& read) {
    const std::string subject = protocol::subject(operation);
    static const unsigned run = std::random_device{}();  // once, since it takes as long as a call
    static std::atomic<unsigned> calls = 0;
    const std::string id = std::to_string(run) + '-' + std::to_string(++calls);
    natsMsg* made = nullptr;
    natsMsg_Create(&made, subject.c_str(), nullptr, payload.data(),
                   static_cast<int>(payload.size()));
    const std::unique_ptr<natsMsg, broker::Destroy> request(made);
    natsMsgHeader_Set(made, "X-Request-ID", id.c_str());
    Backoff backoff(first_pause, longest_pause, limits_.deadline);
    for (;;) {
        // Work whose answer was lost is done twice, which does no harm: all calls are pure.
        std::string failure;
        try {
            return attempt(request.get(), read, backoff.begin_attempt(limits_.timeout));
        } catch (const std::runtime_error& error) {
            failure = error.what();
        }
        story_.tell("request " + id + ": subject " + subject + ": " + failure);
        if (!backoff.pause()) {
            throw std::runtime_error("subject " + subject + " of broker " + broker_ +
                                     " gave no result in " +
                                     std::to_string(limits_.deadline.count()) + " ms and " +
                                     std::to_string(backoff.attempts()) + " attempts: " + failure +
                                     "; start the service, or name another broker with --nats or "
                                     "NATS_URL");
        }
    }
}

// tag::attempt[]
void NatsClient::attempt(natsMsg* request, const Read& read, milliseconds limit) {
    natsMsgHeader_Set(request, protocol::deadline_header, protocol::deadline_in(limit).c_str());
    natsMsg* received = nullptr;
    const natsStatus status =
        natsConnection_RequestMsg(&received, connection_->get(), request, limit.count());
    nats_ReleaseThreadMemory();  // the error's text; this thread may outlive the library
    const std::unique_ptr<natsMsg, broker::Destroy> message(received);
    if (status == NATS_NO_RESPONDERS) {
        throw std::runtime_error("nobody listens to it");
    }
    if (status == NATS_TIMEOUT) {
        const std::string refusal = connection_->refusal();
        throw std::runtime_error("no answer in time" +
                                 (refusal.empty() ? "" : "; not permitted: " + refusal));
    }
    if (status != NATS_OK) {
        throw std::runtime_error(natsStatus_GetText(status));
    }
    protocol::decode_reply(broker::payload(*message), read);
}
// end::attempt[]
