#include "nats.hpp"

#include <nats/nats.h>
#include <unistd.h>

#include <stdexcept>

#include "plain_json.hpp"

namespace {

void check(natsStatus status) {
    if (status != NATS_OK) {
        throw std::runtime_error(std::string("NATS: ") + natsStatus_GetText(status));
    }
}

std::string data_of(natsMsg* message) {
    return {natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message))};
}

void answer(natsConnection* connection, natsSubscription*, natsMsg* message, void*) {
    const std::string subject = natsMsg_GetSubject(message);
    const std::string operation = subject.substr(subject.find('.') + 1);
    const std::string reply = plain_answer(Style::payload, operation, data_of(message));
    natsConnection_Publish(connection, natsMsg_GetReply(message), reply.data(),
                           static_cast<int>(reply.size()));
    natsMsg_Destroy(message);
}

// For as long as the program runs.
natsConnection* connect(const std::string& url, bool send_asap) {
    natsOptions* options = nullptr;
    natsConnection* connection = nullptr;
    check(natsOptions_Create(&options));
    check(natsOptions_SetURL(options, url.c_str()));
    check(natsOptions_SetSendAsap(options, send_asap));
    check(natsConnection_Connect(&connection, options));
    natsOptions_Destroy(options);
    return connection;
}

}  // namespace

std::string prefix_of(Send send) {
    return send == Send::at_once ? "bare." : "bare_flusher.";
}

NatsResponder::NatsResponder(const std::string& url, const std::vector<std::string>& operations,
                             Send send)
    : child_(std::make_unique<Forked>([&](const auto& ready) {
          natsConnection* connection = connect(url, send == Send::at_once);
          for (const std::string& operation : operations) {
              natsSubscription* subscription = nullptr;
              check(natsConnection_Subscribe(&subscription, connection,
                                             (prefix_of(send) + operation).c_str(), answer,
                                             nullptr));
          }
          check(natsConnection_Flush(connection));
          ready("");
          for (;;) {
              pause();
          }
      })) {}

struct NatsRequester::Connection {
    natsConnection* connection;
};

NatsRequester::NatsRequester(const std::string& url)
    : connection_(std::make_unique<Connection>(Connection{connect(url, false)})) {}

NatsRequester::~NatsRequester() {
    natsConnection_Destroy(connection_->connection);
}

std::string NatsRequester::exchange(const std::string& operation, const std::string& payload) {
    constexpr int time_limit = 2000;  // milliseconds
    const std::string subject = prefix_of(Send::at_once) + operation;
    natsMsg* reply = nullptr;
    check(natsConnection_Request(&reply, connection_->connection, subject.c_str(), payload.data(),
                                 static_cast<int>(payload.size()), time_limit));
    std::string data = data_of(reply);
    natsMsg_Destroy(reply);
    return data;
}
