// The connection to the NATS broker, for the app and for the services.

#pragma once

#include <nats/nats.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>

namespace broker {

struct Address {
    std::string urls;     // separated by commas, for example nats://127.0.0.1:4222
    std::string ca_file;  // for TLS; empty: no TLS, unless a URL begins with tls://
};

// What is not empty, else the environment (NATS_URL, NATS_CA), else nats://127.0.0.1:4222 and no
// TLS.
Address address(const std::string& urls, const std::string& ca_file);

// Overwrites names and passwords in URLs of the command line, which ps shows to everybody. The
// strings are those of main(), which may be written to.
void hide_secrets(std::span<char* const> arguments);

// The broker cannot be reached now, but may be later.
class Unreachable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Gets the news of the connection, for people. Called by threads of the library.
using Listener = std::function<void(const std::string&)>;

// Once connected it connects again by itself for as long as it lives, whatever becomes of the
// broker, unless the broker refuses it. Name and password, or a token, come from the URL or from
// NATS_USER and NATS_PASSWORD, or NATS_TOKEN, and are never told to anyone. TLS checks the broker's
// certificate and, with a single URL, its host name; with several the latter depends on the version
// of nats.c. One of these a process; any thread.
class Connection {
public:
    enum class Purpose { ask, answer };

    // Tries once. Throws Unreachable, and std::runtime_error if it is no use to try again: a wrong
    // address, password, or certificate.
    Connection(const Address& address, const std::string& name, Purpose purpose, Listener listener);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    natsConnection* get() const { return connection_.get(); }

    // The broker's URLs without name and password.
    const std::string& shown_urls() const { return shown_urls_; }

private:
    struct Destroy {
        void operator()(natsConnection* connection) const { natsConnection_Destroy(connection); }
        void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
    };

    void tell(const std::string& news) const;

    Listener listener_;
    std::atomic<bool> closing_ = false;
    std::string shown_urls_;
    std::unique_ptr<natsConnection, Destroy> connection_;
};

}  // namespace broker
