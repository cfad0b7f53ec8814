#include "broker/address.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>

#include "host_port.hpp"
#include "values.hpp"

namespace broker {
namespace {

std::string_view without_blanks(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

// What stands between "://", or the front, and the last "@".
std::string_view secrets_of(std::string_view url) {
    const std::size_t colon = std::min(url.find(':'), url.size());
    const std::size_t begin = url.substr(colon).starts_with("://") ? colon + 3 : 0;
    const std::size_t at = url.rfind('@');
    return url.substr(begin, at == std::string_view::npos || at < begin ? 0 : at - begin);
}

// %40 is an "@", and so on.
std::string decoded(std::string_view text) {
    std::string result;
    for (; !text.empty(); text.remove_prefix(1)) {
        unsigned char byte = 0;
        if (text.starts_with('%') && text.size() > 2 &&
            std::from_chars(&text[1], &text[1] + 2, byte, 16).ptr == &text[1] + 2) {
            result += static_cast<char>(byte);
            text.remove_prefix(2);
        } else {
            result += text.front();
        }
    }
    return result;
}

Login read_login(std::string_view secrets) {
    const std::size_t colon = secrets.find(':');
    if (colon == std::string_view::npos) {
        return {"", "", decoded(secrets)};
    }
    return {decoded(secrets.substr(0, colon)), decoded(secrets.substr(colon + 1)), ""};
}

void add_url(Address& address, std::string_view url) {
    const std::string_view secrets = secrets_of(url);
    std::string scheme(url.data(), secrets.data());
    std::string_view place(secrets.data() + secrets.size(), url.data() + url.size());
    place.remove_prefix(place.starts_with('@') ? 1 : 0);
    const auto refuse = [shown = quote(scheme + std::string(place))](const std::string& why) {
        throw std::invalid_argument("broker address " + shown + ": " + why);
    };
    place.remove_suffix(place.ends_with('/') ? 1 : 0);

    std::ranges::transform(scheme, scheme.begin(), [](unsigned char c) { return std::tolower(c); });
    if (!scheme.empty() && scheme != "nats://" && scheme != "tls://") {
        refuse("it begins neither with nats:// nor with tls://");
    }
    try {
        const HostPort host_port = parse_host_port(place, 4222);
        address.host = host_port.host;
        address.urls.push_back((scheme.empty() ? "nats://" : scheme) + host_port.shown());
    } catch (const std::invalid_argument& error) {
        refuse(error.what());
    }
    address.tls |= scheme == "tls://";
    if (const Login login = read_login(secrets); login.given()) {
        if (address.login.given() && login != address.login) {
            refuse("another name, password or token than in the one before");
        }
        address.login = login;
    }
}

}  // namespace

std::string Address::shown() const {
    std::string shown;
    for (const std::string& url : urls) {
        shown += (shown.empty() ? "" : ",") + url;
    }
    return shown;
}

Address parse_address(std::string_view urls) {
    Address address;
    for (std::size_t end = 0; end != std::string_view::npos; urls.remove_prefix(end + 1)) {
        end = urls.find(',');
        add_url(address, without_blanks(urls.substr(0, end)));
    }
    return address;
}

void hide_secrets(std::span<char* const> arguments) {
    for (char* argument : arguments) {
        const std::string_view secrets = secrets_of(argument);
        std::fill_n(argument + (secrets.data() - argument), secrets.size(), 'x');
    }
}

}  // namespace broker
