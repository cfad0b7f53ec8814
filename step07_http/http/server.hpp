// cpp-httplib's server with a thread for each connection, and a limit to everything.

#pragma once

#include <httplib.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "http/address.hpp"
#include "http/body.hpp"
#include "http/connection_threads.hpp"
#include "http/request_head.hpp"

namespace http {

struct ServerLimits {
    std::size_t connections;            // the next one waits
    std::chrono::milliseconds idle;     // after that a connection without a request ends
    std::chrono::milliseconds request;  // from its first byte to its last
    std::size_t request_bytes;          // head and body
    std::chrono::milliseconds write;    // for each piece of an answer
};

class Server final : public httplib::Server {
public:
    explicit Server(ServerLimits limits);

    // Puts the port in the place of 0. Returns false with errno set if it is not free.
    bool bind(Address& address);

    // Can be read when there is a connection to accept.
    int listener() const { return svr_sock_; }

    // Accepts one, and serves it on a thread of its own; waits if there are too many. Returns false
    // if it is gone, or if the system has no file or no memory for it now, which would end the
    // library's own loop for good.
    bool accept_connection();

    // Accepts no more, and waits for the requests in progress.
    void finish();

    // On the thread of a connection, once its request is whole; until then the connection is idle,
    // and ends when the server stops, or when there are too many. It ends, too, after an answer
    // that began before: what follows is not a request that anybody sent.
    static void begin_answer(const RequestHead& head);

    // On the thread of a connection. Begins the answer if the end of the body is reached.
    static BodyEnd read_body(const RequestHead& head, std::size_t most, std::string& body);

private:
    bool process_and_close_socket(socket_t socket) override;
    void serve(socket_t socket);
    template <typename Stream>
    bool answer_request(Stream& stream);

    ServerLimits limits_;
    std::shared_ptr<Connections> connections_;  // shared with their threads
    ConnectionThreads threads_;
};

}  // namespace http
