#include "nats_client.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <variant>

#include "backoff.hpp"

namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr milliseconds first_pause = 1ms;
constexpr milliseconds longest_pause = 250ms;

std::unique_ptr<broker::Connection> connect(const broker::Address& address, milliseconds limit,
                                            const Story& story) {
    Backoff backoff(limit, first_pause, longest_pause);
    for (;;) {
        try {
            return std::make_unique<broker::Connection>(
                address, "app", broker::Connection::Purpose::ask,
                [&story](const std::string& news) { story.tell(news); });
        } catch (const broker::Unreachable& error) {
            story.tell(error.what());
            if (!backoff.pause()) {
                throw std::runtime_error(std::string(error.what()) + " in " +
                                         std::to_string(limit.count()) +
                                         " ms; start it, or name another with --nats or NATS_URL");
            }
        }
    }
}

struct DestroyMessage {
    void operator()(natsMsg* message) const { natsMsg_Destroy(message); }
};

}  // namespace

NatsClient::NatsClient(const broker::Address& address, NatsLimits limits, const Story& story)
    : limits_(limits), story_(story), connection_(connect(address, limits.deadline, story)) {}

protocol::Reply NatsClient::call(const protocol::Request& request) {
    const std::string subject = protocol::subject(request);
    const std::string payload = protocol::encode(request);
    Backoff backoff(limits_.deadline, first_pause, longest_pause);
    for (;;) {
        // That somebody has done the work, and only the answer was lost, does no harm: all calls
        // are pure.
        try {
            return ask(request, subject, payload, backoff.left());
        } catch (const std::runtime_error& error) {
            story_.tell("subject " + subject + ": " + error.what());
            if (!backoff.pause()) {
                throw std::runtime_error(
                    "subject " + subject + " of broker " + broker() + " gave no result in " +
                    std::to_string(limits_.deadline.count()) + " ms and " +
                    std::to_string(backoff.pauses() + 1) + " attempts: " + error.what() +
                    "; start the service, or name another broker with --nats or NATS_URL");
            }
        }
    }
}

// tag::ask[]
// One attempt.
protocol::Reply NatsClient::ask(const protocol::Request& request, const std::string& subject,
                                const std::string& payload, milliseconds left) {
    natsMsg* received = nullptr;
    const natsStatus status = natsConnection_Request(
        &received, connection_->get(), subject.c_str(), payload.data(),
        static_cast<int>(payload.size()), std::min(left, limits_.timeout).count());
    const std::unique_ptr<natsMsg, DestroyMessage> message(received);
    if (status == NATS_NO_RESPONDERS) {
        throw std::runtime_error("nobody listens to it");
    }
    if (status == NATS_TIMEOUT) {
        throw std::runtime_error("no answer in time");
    }
    if (status != NATS_OK) {
        throw std::runtime_error(natsStatus_GetText(status));
    }
    protocol::Reply reply =
        protocol::decode_reply({natsMsg_GetData(message.get()),
                                static_cast<std::size_t>(natsMsg_GetDataLength(message.get()))},
                               request);
    if (const auto* error = std::get_if<protocol::Error>(&reply)) {
        if (error->kind == protocol::Error::Kind::domain) {
            throw std::domain_error(error->message);
        }
        throw std::runtime_error("the service answers: " + error->message);
    }
    return reply;
}
// end::ask[]
