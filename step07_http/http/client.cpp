#include "http/client.hpp"

#include "http/limited_stream.hpp"

namespace http {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t longest_answer = 1 << 20;  // head and body, if the receiver takes it

}  // namespace

Client::Client(const std::string& host, int port) : ClientImpl(host, port) {
    // tag::settings[]
    set_keep_alive(true);
    set_tcp_nodelay(true);  // else a request waits 40 ms for the ACK of its header
    // end::settings[]
}

httplib::Result Client::exchange(const httplib::Request& request, milliseconds connect_limit,
                                 Clock::time_point deadline) {
    deadline_ = deadline;
    set_connection_timeout(connect_limit);
    return send(request);
}

bool Client::process_socket(const Socket& socket,
                            std::function<bool(httplib::Stream& stream)> callback) {
    LimitedStream stream(socket.sock, std::chrono::ceil<milliseconds>(deadline_ - Clock::now()));
    stream.begin_message(longest_answer, deadline_);
    return callback(stream);
}

}  // namespace http
