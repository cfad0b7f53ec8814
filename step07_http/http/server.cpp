#include "http/server.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <exception>

#include "http/limited_stream.hpp"

namespace http {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto time_to_linger = 1s;
constexpr int backlog = 512;  // the library's 5 make the sixth of a crowd wait a second

// The request that a connection's thread is working on.
struct InHand {
    LimitedStream* stream = nullptr;
    Connections* connections = nullptr;
    bool is_whole = false;
    bool is_last = false;
};
InHand& in_hand() {
    thread_local InHand in_hand;
    return in_hand;
}

// The library has written what it thinks of that, and may not know.
void tell_whether_last(const httplib::Request&, httplib::Response& response) {
    if (in_hand().is_last || !in_hand().is_whole) {
        response.headers.erase("Connection");
        response.headers.erase("Keep-Alive");
        response.set_header("Connection", "close");
    }
}

}  // namespace

Server::Server(ServerLimits limits)
    : limits_(limits),
      connections_(std::make_shared<Connections>()),
      threads_(limits_.connections, connections_) {
    set_post_routing_handler(tell_whether_last);
}

// tag::bind[]
bool Server::bind(Address& address) {
    int listener = -1;
    set_socket_options([&listener](int socket) {
        const int yes = 1;  // and not SO_REUSEPORT, the default: two servers would share the port
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        fcntl(socket, F_SETFL, O_NONBLOCK);  // who connected may be gone when we accept
        listener = socket;
    });
    if (address.port == 0) {
        address.port = std::max(bind_to_any_port(address.host), 0);
    } else if (!bind_to_port(address.host, address.port)) {
        return false;
    }
    return address.port > 0 && ::listen(listener, backlog) == 0;
}
// end::bind[]

bool Server::accept_connection() {
    const socket_t socket = ::accept4(svr_sock_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) {
        return false;
    }
    if (!threads_.enqueue([this, socket] { process_and_close_socket(socket); })) {
        ::close(socket);
    }
    return true;
}

void Server::finish() {
    ::close(svr_sock_.exchange(INVALID_SOCKET));
    threads_.finish();
}

void Server::begin_answer(const RequestHead& head) {
    in_hand().connections->set_idle(in_hand().stream->socket(), false);
    in_hand().is_whole = true;
    in_hand().is_last = head.is_last || in_hand().connections->are_too_many();
}

BodyEnd Server::read_body(const RequestHead& head, std::size_t most, std::string& body) {
    const BodyEnd end = http::read_body(*in_hand().stream, head, most, body);
    if (end == BodyEnd::reached) {
        begin_answer(head);
    }
    return end;
}

bool Server::process_and_close_socket(socket_t socket) {
    try {
        serve(socket);
    } catch (const std::exception&) {  // no memory: this connection ends, the others are served
    }
    connections_->set_idle(socket, false);
    ::close(socket);
    return true;
}

// tag::connection[]
void Server::serve(socket_t socket) {
    LimitedStream stream(socket, limits_.write);
    bool goes_on = true;
    while (goes_on && svr_sock_ != INVALID_SOCKET) {
        connections_->set_idle(socket, true);
        if (!stream.wait_for_message(limits_.idle)) {
            return;
        }
        stream.begin_message(limits_.request_bytes, Clock::now() + limits_.request);
        in_hand() = {&stream, connections_.get()};
        goes_on = answer_request(stream) && !in_hand().is_last && in_hand().is_whole;
        if (stream.is_spent() || !in_hand().is_whole || (!goes_on && stream.has_more())) {
            return stream.linger(time_to_linger);
        }
    }
}
// end::connection[]

// Returns whether the connection goes on.
template <typename Stream>
bool Server::answer_request(Stream& stream) {
    bool is_last = false;
    bool answered = false;
    if constexpr (requires { process_request(stream, false, is_last, nullptr); }) {
        answered = process_request(stream, false, is_last, nullptr);
    } else {  // since cpp-httplib 0.16
        std::string local;
        int unused = 0;
        stream.get_local_ip_and_port(local, unused);
        answered = process_request(stream, "", 0, local, 0, false, is_last, nullptr);
    }
    return answered && !is_last;
}

}  // namespace http
