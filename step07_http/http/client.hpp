// cpp-httplib's client with a limit to the time of a whole exchange.

#pragma once

#include <httplib.h>

#include <chrono>
#include <functional>
#include <string>

namespace http {

// Keeps its connection for the next exchange. One thread at a time.
class Client final : public httplib::ClientImpl {
public:
    using Clock = std::chrono::steady_clock;

    Client(const std::string& host, int port);

    // Sends the request, and takes the head of the answer and gives its body to the request's
    // receiver until the deadline.
    httplib::Result exchange(const httplib::Request& request,
                             std::chrono::milliseconds connect_limit, Clock::time_point deadline);

private:
    bool process_socket(const Socket& socket,
                        std::function<bool(httplib::Stream& stream)> callback) override;

    Clock::time_point deadline_;
};

}  // namespace http
