#include "broker/options.hpp"

#include <stdexcept>

namespace broker {

bool Options::take(Arguments& arguments) {
    if (arguments.is("--nats")) {
        urls = arguments.text();
    } else if (arguments.is("--tls-ca")) {
        ca_file = arguments.text();
    } else if (arguments.current().find('@') != std::string_view::npos) {
        // Not for others to say: they would say the password, too.
        throw std::invalid_argument("the address of a broker comes after --nats");
    } else {
        return false;
    }
    return true;
}

Address Options::address() const {
    Address address = parse_address(setting(urls, "NATS_URL", "nats://127.0.0.1:4222"));
    address.ca_file = setting(ca_file, "NATS_CA", "");
    address.tls |= !address.ca_file.empty();
    if (!address.login.given()) {
        address.login = {setting("", "NATS_USER", ""), setting("", "NATS_PASSWORD", ""),
                         setting("", "NATS_TOKEN", "")};
    }
    return address;
}

}  // namespace broker
