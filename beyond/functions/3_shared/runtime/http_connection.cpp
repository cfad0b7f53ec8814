#include "http_connection.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <stdexcept>

#include "endpoint.hpp"

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

// tag::stream[]
// Asio's operations with a time limit are those that do not block: each is started, and then waited
// for.
class HttpConnection::Stream {
public:
    explicit Stream(const std::string& peer) : peer_(parse_endpoint(peer)) {}

    bool is_open() const { return open_; }

    // Nothing may come before the next request; what comes is the end.
    void close_if_peer_did() {
        char byte = 0;
        error_code error;
        if (open_) {
            stream_.socket().non_blocking(true);
            stream_.socket().receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
        }
        if (open_ && error != asio::error::would_block) {
            close();
        }
    }

    void open(std::chrono::steady_clock::time_point deadline) {
        stream_.expires_at(deadline);
        if (!open_) {
            wait_for([&](auto done) { stream_.async_connect(peer_, done); });
            stream_.socket().set_option(tcp::no_delay(true));
            open_ = true;
        }
    }

    void close() {
        stream_.close();
        buffer_.clear();
        open_ = false;
    }

    http::response<http::string_body> exchange(const http::request<http::string_body>& request) {
        http::response_parser<http::string_body> parser;
        parser.body_limit(max_payload_size);
        wait_for([&](auto done) { http::async_write(stream_, request, done); });
        wait_for([&](auto done) { http::async_read(stream_, buffer_, parser, done); });
        if (!parser.keep_alive()) {
            close();
        }
        return parser.release();
    }

private:
    template <typename Start>
    void wait_for(Start start) {
        error_code result;
        start([&](error_code error, auto&&...) { result = error; });
        context_.restart();
        context_.run();
        if (result) {
            throw boost::system::system_error(result);
        }
    }

    Endpoint peer_;
    asio::io_context context_{1};
    beast::tcp_stream stream_{context_};
    beast::flat_buffer buffer_;
    bool open_ = false;
};
// end::stream[]

HttpConnection::HttpConnection(const std::string& peer)
    : peer_(peer), stream_(std::make_unique<Stream>(peer)) {}

HttpConnection::~HttpConnection() = default;

HttpAnswer HttpConnection::exchange(const HttpRequest& request, std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    http::request<http::string_body> sent(http::string_to_verb(request.method), request.target, 11);
    sent.set(http::field::host, peer_);
    for (const auto& [name, value] : request.headers) {
        sent.set(name, value);
    }
    sent.body() = request.body;
    sent.prepare_payload();
    stream_->close_if_peer_did();
    for (;;) {
        // A POST may have been carried out, although no answer came.
        const bool may_repeat = stream_->is_open() && request.method == "GET";
        try {
            stream_->open(deadline);
            auto received = stream_->exchange(sent);
            HttpAnswer answer{static_cast<int>(received.result_int()), {}, received.body()};
            for (const auto& field : received) {
                answer.headers.emplace(field.name_string(), field.value());
            }
            return answer;
        } catch (const boost::system::system_error& error) {
            stream_->close();
            if (!may_repeat || error.code() == beast::error::timeout ||
                error.code() == http::error::body_limit) {
                throw std::runtime_error(peer_ + ": " + error.code().message());
            }
        }
    }
}
