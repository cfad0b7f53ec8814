// TCP on this machine, raw: for saying what no well-behaved program says. Every wait has a time
// limit.

#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include "descriptor.hpp"

namespace tcp {

inline Descriptor make_socket() {
    Descriptor made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval limit{20, 0};
    setsockopt(made.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(made.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    const int yes = 1;
    setsockopt(made.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    return made;
}

inline void check(int result, const char* what) {
    if (result == -1) {
        throw std::system_error(errno, std::generic_category(), what);
    }
}

inline sockaddr_in local(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

inline Descriptor bind_to(int port) {
    Descriptor made = make_socket();
    const sockaddr_in address = local(port);
    check(bind(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
    return made;
}

inline Descriptor listen_on(int port) {
    Descriptor made = bind_to(port);
    check(listen(made.get(), 512), "listen");
    return made;
}

inline Descriptor connect_to(int port) {
    Descriptor made = make_socket();
    const sockaddr_in address = local(port);
    check(connect(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
          "connect");
    return made;
}

inline int port_of(const Descriptor& bound) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    check(getsockname(bound.get(), reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
    return ntohs(address.sin_port);
}

// Returns false if the other side takes no more.
inline bool send_all(const Descriptor& to, std::string_view data) {
    while (!data.empty()) {
        const ssize_t count = write(to.get(), data.data(), data.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        data.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

// Appends what comes next. Returns false at the end.
inline bool receive_some(const Descriptor& from, std::string& received) {
    std::array<char, 4096> chunk{};
    ssize_t count = 0;
    do {
        count = read(from.get(), chunk.data(), chunk.size());
    } while (count < 0 && errno == EINTR);
    if (count > 0) {
        received.append(chunk.data(), static_cast<std::size_t>(count));
    }
    return count > 0;
}

// A port that nobody is given while this lives, except those who ask for it by its number: it is
// bound, but nobody listens.
class ReservedPort {
public:
    int number() const { return number_; }

private:
    Descriptor socket_ = bind_to(0);
    int number_ = port_of(socket_);
};

}  // namespace tcp
