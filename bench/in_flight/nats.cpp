#include "in_flight/nats.hpp"

#include <nats/nats.h>
#include <poll.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace {

using nlohmann::json;

void check(natsStatus status) {
    if (status != NATS_OK) {
        throw std::runtime_error(std::string("NATS: ") + natsStatus_GetText(status));
    }
}

// The library reads and writes when it is told that it can, on the caller's thread. All answers
// come to one inbox; the last part of the subject is the slot.
class Nats final : public Carrier {
public:
    Nats(const std::string& url, std::string prefix) : prefix_(std::move(prefix)) {
        natsOptions* options = nullptr;
        check(natsOptions_Create(&options));
        check(natsOptions_SetURL(options, url.c_str()));
        check(natsOptions_SetSendAsap(options, true));
        check(natsOptions_SetEventLoop(
            options, this,
            [](void**, void* self, natsConnection*, natsSock socket) {
                static_cast<Nats*>(self)->socket_ = socket;
                return NATS_OK;
            },
            [](void*, bool) { return NATS_OK; }, [](void*, bool) { return NATS_OK; },
            [](void*) { return NATS_OK; }));
        check(natsConnection_Connect(&connection_, options));
        natsOptions_Destroy(options);
        natsInbox* inbox = nullptr;
        check(natsInbox_Create(&inbox));
        inbox_ = std::string(inbox) + '.';
        natsInbox_Destroy(inbox);
        check(natsConnection_SubscribeSync(&answers_, connection_, (inbox_ + '*').c_str()));
    }
    Nats(const Nats&) = delete;
    Nats& operator=(const Nats&) = delete;
    ~Nats() override {
        natsSubscription_Destroy(answers_);
        natsConnection_Destroy(connection_);
    }

    void send(std::size_t slot, const std::string& operation, const json& parameters) override {
        const std::string payload = parameters.dump();
        check(natsConnection_PublishRequest(connection_, (prefix_ + operation).c_str(),
                                            (inbox_ + std::to_string(slot)).c_str(), payload.data(),
                                            static_cast<int>(payload.size())));
    }

    void receive(const Take& take) override {
        if (natsConnection_Buffered(connection_) > 0) {
            natsConnection_ProcessWriteEvent(
                connection_);  // else the flusher does, a millisecond later
        }
        const bool more = natsConnection_Buffered(connection_) > 0;
        pollfd waited{socket_, static_cast<short>(more ? POLLIN | POLLOUT : POLLIN), 0};
        if (poll(&waited, 1, patience) <= 0) {
            throw std::runtime_error("nobody answers through the broker");
        }
        if ((waited.revents & POLLIN) != 0) {
            natsConnection_ProcessReadEvent(connection_);
        }
        natsMsg* message = nullptr;
        while (natsSubscription_NextMsg(&message, answers_, 0) == NATS_OK) {
            const char* data = natsMsg_GetData(message);
            const json answer = json::parse(data, data + natsMsg_GetDataLength(message));
            const std::size_t slot =
                std::strtoul(natsMsg_GetSubject(message) + inbox_.size(), nullptr, 10);
            natsMsg_Destroy(message);
            take(slot, answer.at("result"));
        }
    }

private:
    std::string prefix_;
    natsSock socket_ = -1;
    natsConnection* connection_ = nullptr;
    std::string inbox_;
    natsSubscription* answers_ = nullptr;
};

}  // namespace

std::unique_ptr<Carrier> carry_by_nats(const std::string& url, const std::string& prefix) {
    return std::make_unique<Nats>(url, prefix);
}
