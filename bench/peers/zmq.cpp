// Peer: the same exchange of JSON over ZeroMQ, REQ and REP over TCP.

#include <zmq.h>

#include <array>
#include <stdexcept>
#include <string>

#include "floors/forked.hpp"
#include "floors/plain_json.hpp"
#include "rounds.hpp"

namespace {

void check(int result) {
    if (result < 0) {
        throw std::runtime_error(std::string("ZeroMQ: ") + zmq_strerror(zmq_errno()));
    }
}

void send(void* socket, const std::string& message) {
    check(zmq_send(socket, message.data(), message.size(), 0));
}

std::string receive(void* socket) {
    std::array<char, 4096> message;
    const int size = zmq_recv(socket, message.data(), message.size(), 0);
    check(size);
    return {message.data(), static_cast<std::size_t>(size)};
}

}  // namespace

int main() {  // NOLINT(bugprone-exception-escape): without what it measures it had better die
    const Forked server([](const auto& ready) {
        void* socket = zmq_socket(zmq_ctx_new(), ZMQ_REP);
        check(zmq_bind(socket, "tcp://127.0.0.1:*"));
        std::array<char, 64> address{};
        std::size_t size = address.size();
        check(zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, address.data(), &size));
        ready(address.data());
        for (;;) {
            send(socket, plain_answer(Style::body, "process", receive(socket)));
        }
    });
    void* socket = zmq_socket(zmq_ctx_new(), ZMQ_REQ);
    check(zmq_connect(socket, server.message().c_str()));
    PlainClient json(Style::body, [&](const std::string&, const std::string& message) {
        send(socket, message);
        return receive(socket);
    });

    Rounds rounds;
    rounds.time("call", [&] { json.process(); });
    return rounds.run();
}
