// Where the broker is, and what it takes to be let in.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace broker {

struct Login {
    std::string user;
    std::string password;
    std::string token;  // in the place of both

    bool given() const { return !user.empty() || !token.empty(); }
    bool operator==(const Login&) const = default;
};

struct Address {
    std::vector<std::string> urls;  // nats://host:port or tls://host:port, without secrets
    std::string host;               // of the last one
    Login login;                    // for all of them
    std::string ca_file;            // for TLS; empty: the system's
    bool tls = false;

    std::string shown() const;  // the URLs, separated by commas
};

// Takes apart URLs, separated by commas: [nats://|tls://][user:password@|token@]host[:port].
// Throws std::invalid_argument, which names the wrong one without its secrets.
Address parse_address(std::string_view urls);

// Overwrites the secrets of URLs in a command line, which ps shows to every user. The strings are
// those of main(), which may be written to.
void hide_secrets(std::span<char* const> arguments);

}  // namespace broker
