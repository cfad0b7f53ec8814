// cpp-httplib's server with a thread for each connection, and a limit to everything.

#pragma once

#include <httplib.h>

#include <chrono>
#include <cstddef>
#include <memory>

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

    // On the thread of a connection, as soon as its request is whole; until then the connection is
    // idle, and ends when the server stops, or when there are too many.
    static void begin_answer();

    // The same for one that was not read to its end: the connection ends after the answer.
    static void end_after_answer();

private:
    class Threads;
    struct Connections;

    bool process_and_close_socket(socket_t socket) override;
    template <typename Stream>
    bool answer_request(Stream& stream);

    ServerLimits limits_;
    std::shared_ptr<Connections> connections_;  // shared with their threads
};

}  // namespace http
