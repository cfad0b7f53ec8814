#include "broker/connection.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

namespace broker {
namespace {

void check(natsStatus status, const std::string& what) {
    if (status != NATS_OK) {
        throw std::runtime_error(what + ": " + natsStatus_GetText(status));
    }
}

void set_address(natsOptions* options, const Address& address, const std::string& what) {
    std::vector<const char*> urls;
    for (const std::string& url : address.urls) {
        urls.push_back(url.c_str());
    }
    check(natsOptions_SetServers(options, urls.data(), static_cast<int>(urls.size())), what);
    const Login& login = address.login;
    if (!login.user.empty()) {
        check(natsOptions_SetUserInfo(options, login.user.c_str(), login.password.c_str()), what);
    } else if (!login.token.empty()) {
        check(natsOptions_SetToken(options, login.token.c_str()), what);
    }
    if (!address.tls) {
        return;
    }
    check(natsOptions_SetSecure(options, true), what);
    if (!address.ca_file.empty()) {
        check(natsOptions_LoadCATrustedCertificates(options, address.ca_file.c_str()),
              what + ": cannot use the CA file " + address.ca_file);
    }
    if (urls.size() == 1) {
        check(natsOptions_SetExpectedHostname(options, address.host.c_str()), what);
    }
}

void set_behaviour(natsOptions* options, Purpose purpose) {
    // tag::settings[]
    natsOptions_SetMaxReconnect(options, -1);     // for ever,
    natsOptions_SetReconnectWait(options, 100);   // every 100 ms
    natsOptions_SetPingInterval(options, 2'000);  // ms; a broker that does not answer three pings
    natsOptions_SetMaxPingsOut(options, 2);       // is given up
    natsOptions_SetFailRequestsOnDisconnect(options, true);  // they would wait for their time limit
    // Else an answer waits a millisecond for others to go with it; requests never do.
    natsOptions_SetSendAsap(options, purpose == Purpose::answer);
    // end::settings[]
}

}  // namespace

Connection::Connection(const Address& address, const std::string& name, Purpose purpose,
                       std::chrono::milliseconds limit, Listener listener)
    : listener_(std::move(listener)) {
    const std::string what = "broker " + address.shown();
    natsOptions* created = nullptr;
    check(natsOptions_Create(&created), what);
    const std::unique_ptr<natsOptions, Destroy> options(created);
    check(natsOptions_SetName(options.get(), name.c_str()), what);
    check(natsOptions_SetTimeout(options.get(), limit.count()), what);
    set_address(options.get(), address, what);
    set_behaviour(options.get(), purpose);
    set_callbacks(options.get());

    natsConnection* connection = nullptr;
    const natsStatus status = natsConnection_Connect(&connection, options.get());
    connection_.reset(connection);
    if (status != NATS_OK) {
        throw_failure(status, what);
    }
}

Connection::~Connection() {
    closing_ = true;
    connection_.reset();
    nats_CloseAndWait(3'000);  // ms; its threads may still call the listener
}

void Connection::reply(const natsMsg& request, const std::string& payload) const {
    if (const char* to = natsMsg_GetReply(&request); to != nullptr) {
        natsConnection_Publish(get(), to, payload.data(), static_cast<int>(payload.size()));
    }
}

std::string Connection::why_deaf() const {
    if (natsConnection_IsClosed(get())) {
        return "has its password changed?";
    }
    const std::string refusal = this->refusal();
    return refusal.find("Subscription") != std::string::npos ? refusal : "";
}

void Connection::set_callbacks(natsOptions* options) {
    natsOptions_SetDisconnectedCB(
        options,
        [](natsConnection*, void* self) {
            static_cast<Connection*>(self)->tell("lost the broker, connecting again");
        },
        this);
    natsOptions_SetReconnectedCB(
        options,
        [](natsConnection*, void* self) {
            static_cast<Connection*>(self)->set_refusal("");
            static_cast<Connection*>(self)->tell("connected to the broker again");
        },
        this);
    natsOptions_SetErrorHandler(
        options,
        [](natsConnection* connection, natsSubscription*, natsStatus status, void* self) {
            const char* text = nats_GetLastError(nullptr);  // of this thread; often there is none
            if (text == nullptr) {
                natsConnection_GetLastError(connection, &text);
            }
            static_cast<Connection*>(self)->take_error(status, text != nullptr ? text : "");
        },
        this);
}

void Connection::take_error(natsStatus status, const std::string& text) {
    std::string error = natsStatus_GetText(status);
    if (status == NATS_NOT_PERMITTED && !text.empty()) {
        error = text;  // names the subject
        if (refusal().find("Subscription") == std::string::npos) {
            set_refusal(error);
        }
    }
    tell("broker: " + error);
}

std::string Connection::refusal() const {
    const std::lock_guard guard(mutex_);
    return refusal_;
}

void Connection::set_refusal(const std::string& refusal) {
    const std::lock_guard guard(mutex_);
    refusal_ = refusal;
}

void Connection::tell(const std::string& news) const {
    if (!closing_) {
        listener_(news);
    }
}

}  // namespace broker
