#include "service/bytes_taken.hpp"

#include <linux/sockios.h>
#include <linux/tcp.h>  // its tcp_info has more than that of netinet/tcp.h, which it excludes
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>

std::uint64_t bytes_taken(int descriptor) {
    tcp_info info{};
    socklen_t size = sizeof info;
    int unread = 0;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 ||
        ioctl(descriptor, SIOCINQ, &unread) != 0) {
        return 0;
    }
    const std::uint64_t received = info.tcpi_bytes_received;
    return received - std::min(received, static_cast<std::uint64_t>(std::max(unread, 0)));
}
