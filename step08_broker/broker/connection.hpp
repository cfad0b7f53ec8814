// The connection to the NATS broker, for the app and for the services.

#pragma once

#include <nats/nats.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "story.hpp"

namespace broker {

struct Settings {
    std::string urls;     // of the broker, or of those of a cluster; tls:// asks for TLS
    std::string ca_file;  // of who has signed the broker's certificate; asks for TLS, too
    std::string shown;    // the URLs for people, without names and passwords
};

// Takes the options --nats and --tls-ca. Throws std::invalid_argument.
Settings take_settings(std::vector<std::string>& arguments);

// Destroys what the library has made, for std::unique_ptr.
struct Destroy {
    void operator()(natsConnection* connection) const {
        natsConnection_Destroy(connection);
        nats_CloseAndWait(3'000);  // ms; its threads may still tell the story
    }
    void operator()(natsMsg* message) const { natsMsg_Destroy(message); }
    void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
    void operator()(natsSubscription* subscription) const {
        natsSubscription_Destroy(subscription);
    }
};

// One per process; any thread. Once there it connects again by itself, whatever becomes of the
// broker, unless that refuses it.
using Connection = std::unique_ptr<natsConnection, Destroy>;
using Message = std::unique_ptr<natsMsg, Destroy>;

inline std::string payload(const natsMsg& message) {
    return {natsMsg_GetData(&message), static_cast<std::size_t>(natsMsg_GetDataLength(&message))};
}

// Throws std::runtime_error, with the library's reason, if the status is none of success.
void check(natsStatus status, const std::string& what);

// Tries until the broker is there, each time for as long as the limit, or until pause() returns
// false; then there is no connection. The name is for the broker's logs. Throws std::runtime_error
// if the broker refuses it, std::invalid_argument for a URL that is none. Borrows the story.
Connection connect(const Settings& settings, const std::string& name,
                   std::chrono::milliseconds limit, const Story& story,
                   const std::function<bool()>& pause);

// Throws std::runtime_error if the broker has refused to take the connection back.
void check_not_refused(const Connection& connection, const Settings& settings);

}  // namespace broker
