// A network that can fail: passes on what comes to one port of this machine to another, and back.
//
//     proxy PORT TARGET_PORT
//
// Killed, it cuts all connections; stopped, it lets them hang.

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>

#include "tcp.hpp"

namespace {

using Side = std::shared_ptr<Descriptor>;

void wait_for_ever(const Descriptor& connection) {
    const timeval none{0, 0};
    setsockopt(connection.get(), SOL_SOCKET, SO_RCVTIMEO, &none, sizeof none);
    setsockopt(connection.get(), SOL_SOCKET, SO_SNDTIMEO, &none, sizeof none);
    const int yes = 1;
    setsockopt(connection.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

// Until one side ends; then both do.
void pass_on(const Side& from, const Side& to) {
    for (std::string data; tcp::receive_some(*from, data) && tcp::send_all(*to, data);) {
        data.clear();
    }
    shutdown(from->get(), SHUT_RDWR);
    shutdown(to->get(), SHUT_RDWR);
}

}  // namespace

int main(int, char* argv[]) try {
    std::signal(SIGPIPE, SIG_IGN);
    const Descriptor listener = tcp::listen_on(std::atoi(argv[1]));
    wait_for_ever(listener);
    std::cout << "ready" << std::endl;
    for (;;) {
        try {
            const auto client =
                std::make_shared<Descriptor>(accept(listener.get(), nullptr, nullptr));
            const auto server = std::make_shared<Descriptor>(tcp::connect_to(std::atoi(argv[2])));
            wait_for_ever(*client);
            wait_for_ever(*server);
            std::thread(pass_on, client, server).detach();
            std::thread(pass_on, server, client).detach();
        } catch (const std::system_error&) {  // nobody is there: the client sees its end
        }
    }
} catch (const std::exception& error) {
    std::cerr << "proxy: " << error.what() << '\n';
    return 1;
}
