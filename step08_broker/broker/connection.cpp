#include "broker/connection.hpp"

#include <utility>
#include <vector>

namespace broker {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds reconnect_wait = 100ms;
constexpr milliseconds ping_interval = 2s;  // a broker that hangs is given up after three
constexpr milliseconds time_to_close = 1s;

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

void set_behaviour(natsOptions* options, Purpose purpose, milliseconds limit) {
    // tag::settings[]
    natsOptions_SetTimeout(options, limit.count());
    natsOptions_SetMaxReconnect(options, -1);  // for ever
    natsOptions_SetReconnectWait(options, reconnect_wait.count());
    natsOptions_SetPingInterval(options, ping_interval.count());
    natsOptions_SetMaxPingsOut(options, 2);
    natsOptions_SetFailRequestsOnDisconnect(options, true);  // they would wait for their time limit
    // Else an answer waits a millisecond for others to go with it; requests are sent at once
    // anyway.
    natsOptions_SetSendAsap(options, purpose == Purpose::answer);
    // end::settings[]
}

// Throws what the end of an attempt to connect means.
[[noreturn]] void fail(natsStatus status, const std::string& broker) {
    const auto text = [&] {
        switch (status) {
            case NATS_CONNECTION_AUTH_FAILED:
                return " refuses the name, password or token; give them in the URL or in NATS_USER "
                       "and NATS_PASSWORD, or NATS_TOKEN";
            case NATS_SECURE_CONNECTION_REQUIRED:
                return " wants TLS; name its CA file with --tls-ca or NATS_CA";
            case NATS_SECURE_CONNECTION_WANTED:
                return " has no TLS; do without --tls-ca, NATS_CA and tls://";
            case NATS_SSL_ERROR:
                return ": its certificate is not for this host name, or not signed by a CA that is "
                       "trusted here; name one with --tls-ca or NATS_CA";
            case NATS_NO_SERVER:
            case NATS_TIMEOUT:
            case NATS_IO_ERROR:
            case NATS_STALE_CONNECTION:
            case NATS_CONNECTION_CLOSED:
                throw Unreachable(broker + " cannot be reached");
            case NATS_PROTOCOL_ERROR:  // it ended amid the greetings, or had something else to say
            case NATS_ERR:
                throw Unreachable(broker + " gives no sensible answer");
            default:
                throw std::runtime_error(broker + ": " + natsStatus_GetText(status));
        }
    };
    throw std::runtime_error(broker + text());
}

}  // namespace

Connection::Connection(const Address& address, const std::string& name, Purpose purpose,
                       milliseconds limit, Listener listener)
    : listener_(std::move(listener)) {
    const std::string what = "broker " + address.shown();
    natsOptions* created = nullptr;
    check(natsOptions_Create(&created), what);
    const std::unique_ptr<natsOptions, Destroy> options(created);
    check(natsOptions_SetName(options.get(), name.c_str()), what);
    set_address(options.get(), address, what);
    set_behaviour(options.get(), purpose, limit);
    set_callbacks(options.get());

    natsConnection* connection = nullptr;
    const natsStatus status = natsConnection_Connect(&connection, options.get());
    connection_.reset(connection);
    if (status != NATS_OK) {
        fail(status, what);
    }
}

Connection::~Connection() {
    closing_ = true;
    connection_.reset();
    nats_CloseAndWait(time_to_close.count());  // its threads may still call the listener
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
            static_cast<Connection*>(self)->tell("connected to the broker again");
        },
        this);
    natsOptions_SetErrorHandler(
        options,
        [](natsConnection*, natsSubscription*, natsStatus status, void* self) {
            static_cast<Connection*>(self)->take_error(status);
        },
        this);
}

void Connection::take_error(natsStatus status) {
    std::string error = natsStatus_GetText(status);
    if (status == NATS_NOT_PERMITTED) {
        error = nats_GetLastError(nullptr);  // names the subject
        const std::lock_guard guard(mutex_);
        refusal_ = error;
    }
    tell("broker: " + error);
}

std::string Connection::refusal() const {
    const std::lock_guard guard(mutex_);
    return refusal_;
}

void Connection::tell(const std::string& news) const {
    if (!closing_) {
        listener_(news);
    }
}

}  // namespace broker
