#include "http_server.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <optional>
#include <utility>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// What is larger than a payload may be is read all the same, so that its sender reads the answer
// that says so.
constexpr std::size_t most_read = 8 * max_payload_size;

}  // namespace

class HttpServer::Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::weak_ptr<HttpServer> server, tcp::socket socket)
        : server_(std::move(server)), socket_(std::move(socket)) {}

    bool in_progress() const { return in_progress_; }

    void close() {
        error_code ignored;
        socket_.close(ignored);
    }

    // tag::read[]
    void read() {
        parser_.emplace().body_limit(most_read);
        http::async_read_header(socket_, buffer_, *parser_,
                                [self = shared_from_this()](error_code error, std::size_t) {
                                    error ? self->end() : self->read_body();
                                });
    }

private:
    void read_body() {
        if (boost::beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
            error_code ignored;  // the read will fail, too
            http::write(socket_, http::response<http::empty_body>(http::status::continue_, 11),
                        ignored);
        }
        http::async_read(socket_, buffer_, *parser_,
                         [self = shared_from_this()](error_code error, std::size_t) {
                             error ? self->end() : self->handle();
                         });
    }

    void handle() {
        const auto server = server_.lock();
        if (!server || !server->handle_) {
            return end();
        }
        in_progress_ = true;
        const auto& received = parser_->get();
        HttpRequest request{received.method_string(), received.target(), {}, received.body()};
        for (const auto& field : received) {
            request.headers.emplace(field.name_string(), field.value());
        }
        server->handle_(request, [self = shared_from_this()](const HttpAnswer& answer) {
            self->write(answer);
        });
    }

    void write(const HttpAnswer& answer) {
        const auto server = server_.lock();
        response_ = {};
        response_.result(static_cast<unsigned>(answer.status));
        response_.body() = answer.body;
        for (const auto& [name, value] : answer.headers) {
            response_.set(name, value);
        }
        response_.set(http::field::content_type, "application/json");
        response_.keep_alive(parser_->keep_alive() && server && server->acceptor_.is_open());
        response_.prepare_payload();
        http::async_write(socket_, response_,
                          [self = shared_from_this()](error_code error, std::size_t) {
                              self->in_progress_ = false;
                              error || !self->response_.keep_alive() ? self->end() : self->read();
                          });
    }
    // end::read[]

    void end() {
        close();
        if (const auto server = server_.lock()) {
            server->connections_.erase(shared_from_this());
        }
    }

    std::weak_ptr<HttpServer> server_;
    tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
    bool in_progress_ = false;
};

HttpServer::HttpServer(asio::io_context& context, const Endpoint& endpoint, Handle handle)
    : acceptor_(context, endpoint),
      pause_(context),
      address_(acceptor_.local_endpoint()),
      handle_(std::move(handle)) {}

void HttpServer::begin() {
    acceptor_.async_accept([self = shared_from_this()](error_code error, tcp::socket socket) {
        if (!self->acceptor_.is_open()) {
            return;
        }
        if (error) {  // perhaps no descriptor is left: without a pause it would fail again at once
            self->pause_.expires_after(std::chrono::milliseconds(50));
            self->pause_.async_wait([self](error_code) { self->begin(); });
            return;
        }
        socket.set_option(tcp::no_delay(true), error);
        const auto connection = std::make_shared<Connection>(self, std::move(socket));
        self->connections_.insert(connection);
        connection->read();
        self->begin();
    });
}

void HttpServer::stop() {
    acceptor_.close();
    for (const auto& connection : connections_) {
        if (!connection->in_progress()) {
            connection->close();
        }
    }
}

std::size_t HttpServer::in_progress() const {
    return static_cast<std::size_t>(std::count_if(connections_.begin(), connections_.end(),
                                                  [](const auto& c) { return c->in_progress(); }));
}

void HttpServer::abandon() {
    stop();
    pause_.cancel();
    handle_ = nullptr;
    for (const auto& connection : std::exchange(connections_, {})) {
        connection->close();
    }
}
