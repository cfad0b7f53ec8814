#include "broker/failure.hpp"

namespace broker {

void throw_failure(natsStatus status, const std::string& broker) {
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

}  // namespace broker
