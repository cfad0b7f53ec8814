// A server for HTTP whose requests may be answered later.

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "endpoint.hpp"
#include "http_connection.hpp"  // for the messages

// To be called once. If the connection is gone by then, nothing happens.
using Reply = std::function<void(const HttpAnswer& answer)>;
using Handle = std::function<void(const HttpRequest& request, const Reply& reply)>;

// Owns its connections. Everything here runs in the one thread that runs the context.
class HttpServer : public std::enable_shared_from_this<HttpServer> {
public:
    // Listens from begin() until stop(). Throws boost::system::system_error.
    HttpServer(boost::asio::io_context& context, const Endpoint& endpoint, Handle handle);

    void begin();
    Endpoint address() const { return address_; }

    // Closes all connections but those with a request in progress, which close after the answer.
    void stop();
    std::size_t in_progress() const;

    // Closes them, too, and forgets who handles requests.
    void abandon();

private:
    class Connection;

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    Endpoint address_;
    Handle handle_;
    std::set<std::shared_ptr<Connection>> connections_;
};
