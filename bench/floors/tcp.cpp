#include "tcp.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "bytes.hpp"

namespace {

int checked(int result, const char* what) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return result;
}

int new_socket() {
    return checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "cannot make a socket");
}

void send_at_once(int connection) {
    const int yes = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

}  // namespace

TcpChild::TcpChild(IsWhole is_whole, const Answer& answer)
    : is_whole_(std::move(is_whole)), connection_(new_socket()) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;

    const int listener = new_socket();
    checked(bind(listener, any, size), "cannot bind");  // to any free port
    checked(listen(listener, 1), "cannot listen");
    checked(getsockname(listener, any, &size), "cannot tell the port");
    child_ = std::make_unique<Forked>([&](const auto& ready) {
        ready("");
        const int connection = checked(accept(listener, nullptr, nullptr), "cannot accept");
        send_at_once(connection);
        for (;;) {
            write_all(connection, answer(read_until(connection, is_whole_)));
        }
    });
    checked(connect(connection_, any, size), "cannot connect");
    send_at_once(connection_);
}

std::string TcpChild::exchange(const std::string& message) {
    write_all(connection_, message);
    return read_until(connection_, is_whole_);
}
