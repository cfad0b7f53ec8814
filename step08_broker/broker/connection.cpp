#include "broker/connection.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

namespace broker {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds connect_timeout = 1s;
constexpr milliseconds reconnect_wait = 100ms;
constexpr milliseconds ping_interval = 2s;  // a broker that hangs is given up after three
constexpr milliseconds time_to_close = 1s;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        parts.push_back(part);
    }
    return parts;
}

// What stands between "//" and the last "@" of a URL: the user and the password, or the token.
std::string_view secrets_of(std::string_view url) {
    const std::size_t slashes = url.find("//");
    const std::size_t begin = slashes == std::string_view::npos ? 0 : slashes + 2;
    const std::size_t at = url.rfind('@');
    return at == std::string_view::npos || at < begin ? url.substr(0, 0)
                                                      : url.substr(begin, at - begin);
}

std::string without_secrets(const std::string& url) {
    const std::string_view secrets = secrets_of(url);
    if (secrets.empty()) {
        return url;
    }
    const auto begin = static_cast<std::size_t>(secrets.data() - url.data());
    return std::string(url).erase(begin, secrets.size() + 1);
}

// The host of a URL without secrets.
std::string host_of(const std::string& url) {
    const std::size_t slashes = url.find("//");
    std::string host = slashes == std::string::npos ? url : url.substr(slashes + 2);
    host = host.substr(0, host.find('/'));
    if (host.starts_with('[')) {
        return host.substr(1, host.find(']') - 1);
    }
    return host.substr(0, host.rfind(':'));
}

void check(natsStatus status, const std::string& what) {
    if (status != NATS_OK) {
        throw std::runtime_error(what + ": " + natsStatus_GetText(status));
    }
}

}  // namespace

Address address(const std::string& urls, const std::string& ca_file) {
    Address address{urls, ca_file};
    if (address.urls.empty()) {
        address.urls = environment("NATS_URL");
    }
    if (address.urls.empty()) {
        address.urls = "nats://127.0.0.1:4222";
    }
    if (address.ca_file.empty()) {
        address.ca_file = environment("NATS_CA");
    }
    return address;
}

void hide_secrets(std::span<char* const> arguments) {
    for (char* argument : arguments) {
        const std::string_view secrets = secrets_of(argument);
        std::fill_n(argument + (secrets.data() - argument), secrets.size(), 'x');
    }
}

Connection::Connection(const Address& address, const std::string& name, Purpose purpose,
                       Listener listener)
    : listener_(std::move(listener)) {
    const std::vector<std::string> urls = split(address.urls);
    std::vector<const char*> servers;
    bool tls = !address.ca_file.empty();
    for (const std::string& url : urls) {
        servers.push_back(url.c_str());
        tls = tls || url.starts_with("tls://");
        shown_urls_ += shown_urls_.empty() ? "" : ",";
        shown_urls_ += without_secrets(url);
    }
    const std::string what = "broker " + shown_urls_;

    natsOptions* created = nullptr;
    check(natsOptions_Create(&created), what);
    const std::unique_ptr<natsOptions, Destroy> owner(created);
    natsOptions* options = owner.get();
    check(natsOptions_SetServers(options, servers.data(), static_cast<int>(servers.size())),
          what + ": an address is wrong");
    check(natsOptions_SetName(options, name.c_str()), what);
    const std::string user = environment("NATS_USER");
    const std::string token = environment("NATS_TOKEN");
    if (!user.empty()) {
        check(natsOptions_SetUserInfo(options, user.c_str(), environment("NATS_PASSWORD").c_str()),
              what);
    } else if (!token.empty()) {
        check(natsOptions_SetToken(options, token.c_str()), what);
    }
    if (tls) {
        check(natsOptions_SetSecure(options, true), what);
        if (!address.ca_file.empty()) {
            check(natsOptions_LoadCATrustedCertificates(options, address.ca_file.c_str()),
                  what + ": cannot use the CA file " + address.ca_file);
        }
        if (urls.size() == 1) {
            check(natsOptions_SetExpectedHostname(options, host_of(shown_urls_).c_str()), what);
        }
    }

    // tag::settings[]
    natsOptions_SetTimeout(options, connect_timeout.count());
    natsOptions_SetMaxReconnect(options, -1);  // for ever
    natsOptions_SetReconnectWait(options, reconnect_wait.count());
    natsOptions_SetPingInterval(options, ping_interval.count());
    natsOptions_SetMaxPingsOut(options, 2);
    natsOptions_SetFailRequestsOnDisconnect(options, true);  // they would wait for their time limit
    // Else an answer waits a millisecond for others to go with it; requests are sent at once
    // anyway.
    natsOptions_SetSendAsap(options, purpose == Purpose::answer);
    // end::settings[]

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
            static_cast<Connection*>(self)->tell(std::string("broker: ") +
                                                 natsStatus_GetText(status));
        },
        this);

    natsConnection* connection = nullptr;
    const natsStatus status = natsConnection_Connect(&connection, options);
    switch (status) {
        case NATS_OK:
            connection_.reset(connection);
            return;
        case NATS_CONNECTION_AUTH_FAILED:
            throw std::runtime_error(
                what +
                " refuses the name, password or token; they belong into the URL "
                "or into NATS_USER and NATS_PASSWORD, or NATS_TOKEN");
        case NATS_SECURE_CONNECTION_REQUIRED:
            throw std::runtime_error(what +
                                     " wants TLS; name its CA file with --tls-ca or NATS_CA");
        case NATS_SECURE_CONNECTION_WANTED:
            throw std::runtime_error(what + " has no TLS; do without --tls-ca, NATS_CA and tls://");
        case NATS_SSL_ERROR:
            throw std::runtime_error(what +
                                     ": its certificate is not for this host name, or not signed "
                                     "by a CA that is trusted here; name one with --tls-ca or "
                                     "NATS_CA");
        case NATS_NO_SERVER:
        case NATS_TIMEOUT:
        case NATS_IO_ERROR:
        case NATS_STALE_CONNECTION:
        case NATS_CONNECTION_CLOSED:
            throw Unreachable(what + " cannot be reached");
        case NATS_PROTOCOL_ERROR:  // it ended amid the greetings, or had something else to say
        case NATS_ERR:
            throw Unreachable(what + " gives no sensible answer");
        default:
            throw std::runtime_error(what + ": " + natsStatus_GetText(status));
    }
}

Connection::~Connection() {
    closing_ = true;
    connection_.reset();
    nats_CloseAndWait(time_to_close.count());  // its threads may still call the listener
}

void Connection::tell(const std::string& news) const {
    if (!closing_) {
        listener_(news);
    }
}

}  // namespace broker
