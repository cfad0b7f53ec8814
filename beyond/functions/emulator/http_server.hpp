// A server for HTTP whose requests may be answered later.

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>

using Request = boost::beast::http::request<boost::beast::http::string_body>;
using Response = boost::beast::http::response<boost::beast::http::string_body>;

// To be called once. If the connection is gone by then, nothing happens.
using Reply = std::function<void(Response response)>;
using Handle = std::function<void(const Request& request, const Reply& reply)>;

Response json_response(boost::beast::http::status status, std::string body);

constexpr std::size_t largest_payload = std::size_t{6} * 1024 * 1024;  // the cloud's limit

// Owns its connections. Everything here runs in the one thread that runs the context.
class HttpServer : public std::enable_shared_from_this<HttpServer> {
public:
    using Endpoint = boost::asio::ip::tcp::endpoint;

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
