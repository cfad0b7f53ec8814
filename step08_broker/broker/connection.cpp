#include "broker/connection.hpp"

#include <cstring>
#include <regex>
#include <stdexcept>

#include "arguments.hpp"

namespace broker {
namespace {

// The library's own words, of this thread's last error, without the line of its source.
std::string reason(natsStatus status) {
    const char* text = nats_GetLastError(nullptr);
    return std::regex_replace(text != nullptr ? text : natsStatus_GetText(status),
                              std::regex(R"(^\(\w+\.c:\d+\): )"), "");
}

bool is_refusal(natsStatus status) {
    return status == NATS_CONNECTION_AUTH_FAILED || status == NATS_SSL_ERROR ||
           status == NATS_SECURE_CONNECTION_REQUIRED || status == NATS_SECURE_CONNECTION_WANTED;
}

void set_address(natsOptions* options, const Settings& settings, const std::string& what) {
    std::string list = settings.urls;
    std::vector<const char*> urls;
    for (char* url = std::strtok(list.data(), ", \t"); url; url = std::strtok(nullptr, ", \t")) {
        urls.push_back(url);
    }
    if (urls.empty()) {
        throw std::invalid_argument("--nats or NATS_URL has no URL in it");
    }
    check(natsOptions_SetServers(options, urls.data(), static_cast<int>(urls.size())), what);
    if (!settings.ca_file.empty() || settings.urls.find("tls://") != std::string::npos) {
        check(natsOptions_SetSecure(options, true), what);
    }
    if (!settings.ca_file.empty()) {
        check(natsOptions_LoadCATrustedCertificates(options, settings.ca_file.c_str()),
              what + ": cannot use the CA file " + settings.ca_file);
    }
}

// tag::settings[]
void set_behaviour(natsOptions* options) {
    natsOptions_SetMaxReconnect(options, -1);     // for ever,
    natsOptions_SetReconnectWait(options, 100);   // every 100 ms
    natsOptions_SetPingInterval(options, 2'000);  // ms; a broker that does not answer three pings
    natsOptions_SetMaxPingsOut(options, 2);       // is given up
    natsOptions_SetFailRequestsOnDisconnect(options, true);  // they would wait for their time limit
    natsOptions_SetSendAsap(options, true);  // else an answer waits 1 ms for others to go with it
}
// end::settings[]

// Called by threads of the library.
void tell_lost(natsConnection* connection, void* story) {
    if (!natsConnection_IsClosed(connection)) {  // by this program
        static_cast<const Story*>(story)->tell("lost the broker, connecting again");
    }
}
void tell_back(natsConnection*, void* story) {
    static_cast<const Story*>(story)->tell("connected to the broker again");
}
void tell_error(natsConnection*, natsSubscription*, natsStatus status, void* story) {
    static_cast<const Story*>(story)->tell("broker: " + reason(status));
}

}  // namespace

Settings take_settings(std::vector<std::string>& arguments) {
    Settings settings;
    settings.urls = setting(take_option(arguments, "--nats"), "NATS_URL", "nats://127.0.0.1:4222");
    settings.ca_file = setting(take_option(arguments, "--tls-ca"), "NATS_CA", "");
    settings.shown = std::regex_replace(settings.urls, std::regex("[^,]*@"), "");
    return settings;
}

void check(natsStatus status, const std::string& what) {
    if (status != NATS_OK) {
        throw std::runtime_error(what + ": " + reason(status));
    }
}

// tag::connect[]
Connection connect(const Settings& settings, const std::string& name,
                   std::chrono::milliseconds limit, const Story& story,
                   const std::function<bool()>& pause) {
    const std::string what = "broker " + settings.shown;
    natsOptions* options = nullptr;
    check(natsOptions_Create(&options), what);
    const std::unique_ptr<natsOptions, Destroy> owner(options);
    natsOptions_SetName(options, name.c_str());
    natsOptions_SetTimeout(options, limit.count());
    set_address(options, settings, what);
    set_behaviour(options);
    void* teller = const_cast<Story*>(&story);  // NOLINT(*-const-cast): for a C library
    natsOptions_SetDisconnectedCB(options, tell_lost, teller);
    natsOptions_SetReconnectedCB(options, tell_back, teller);
    natsOptions_SetErrorHandler(options, tell_error, teller);
    do {
        natsConnection* connection = nullptr;
        const natsStatus status = natsConnection_Connect(&connection, options);
        if (status == NATS_OK) {
            return Connection(connection);
        }
        const std::string failure = what + ": " + reason(status);
        if (status == NATS_INVALID_ARG) {
            throw std::invalid_argument(failure);
        }
        if (is_refusal(status)) {
            throw std::runtime_error(failure + "; give name and password in its URL, its CA with " +
                                     "--tls-ca or NATS_CA");
        }
        story.tell(failure + ", trying again");
    } while (pause());
    return nullptr;
}
// end::connect[]

void check_not_refused(const Connection& connection, const Settings& settings) {
    if (natsConnection_IsClosed(connection.get())) {
        const char* text = "";
        natsConnection_GetLastError(connection.get(), &text);
        throw std::runtime_error("broker " + settings.shown + ": " + text +
                                 "; has it another name and password now?");
    }
}

}  // namespace broker
