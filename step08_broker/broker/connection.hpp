// The connection to the NATS broker, for the app and for the services.

#pragma once

#include <nats/nats.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "broker/address.hpp"
#include "broker/failure.hpp"

namespace broker {

// Destroys what the library has made, for std::unique_ptr.
struct Destroy {
    void operator()(natsConnection* connection) const { natsConnection_Destroy(connection); }
    void operator()(natsMsg* message) const { natsMsg_Destroy(message); }
    void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
    void operator()(natsSubscription* subscription) const {
        natsSubscription_Destroy(subscription);
    }
};

inline std::string_view payload(const natsMsg& message) {
    return {natsMsg_GetData(&message), static_cast<std::size_t>(natsMsg_GetDataLength(&message))};
}

// Gets the news of the connection, for people. Called by threads of the library.
using Listener = std::function<void(const std::string&)>;

enum class Purpose { ask, answer };

// Once connected it connects again by itself for as long as it lives, whatever becomes of the
// broker, unless the broker refuses it. TLS checks the broker's certificate and, with a single URL,
// its host name; with several the latter depends on the version of nats.c. One per process; any
// thread.
class Connection {
public:
    // Tries once, for as long as the limit at each URL. Throws Unreachable, and std::runtime_error
    // if retrying is of no use: a wrong password or certificate.
    Connection(const Address& address, const std::string& name, Purpose purpose,
               std::chrono::milliseconds limit, Listener listener);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    natsConnection* get() const { return connection_.get(); }

    // Answers a request, if its sender waits for that. Where it fails the broker is gone, and the
    // caller asks again.
    void reply(const natsMsg& request, const std::string& payload) const;

    // Which subscription, or else which message, the broker does not permit; "" if it has not said.
    std::string refusal() const;

    // Why it can no longer get messages; "" while it can.
    std::string why_deaf() const;

private:
    void set_callbacks(natsOptions* options);
    void take_error(natsStatus status, const std::string& text);
    void set_refusal(const std::string& refusal);
    void tell(const std::string& news) const;

    Listener listener_;
    std::atomic<bool> closing_ = false;
    mutable std::mutex mutex_;
    std::string refusal_;
    std::unique_ptr<natsConnection, Destroy> connection_;
};

}  // namespace broker
