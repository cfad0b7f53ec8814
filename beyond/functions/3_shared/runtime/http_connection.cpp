#include "http_connection.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <stdexcept>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

asio::ip::tcp::endpoint endpoint_of(const std::string& peer) {
    const std::size_t colon = peer.rfind(':');
    std::uint16_t port = 0;
    error_code error;
    if (colon != std::string::npos) {
        const char* end = peer.data() + peer.size();
        const auto address = asio::ip::make_address(peer.substr(0, colon), error);
        const auto parsed = std::from_chars(peer.data() + colon + 1, end, port);
        if (!error && parsed.ec == std::errc() && parsed.ptr == end) {
            return {address, port};
        }
    }
    throw std::invalid_argument("'" + peer + "' is not an address such as 127.0.0.1:9001");
}

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

}  // namespace

std::string HttpAnswer::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
}

// tag::stream[]
// Asio's operations with a time limit are those that do not block: each is started, and then waited
// for.
class HttpConnection::Stream {
public:
    explicit Stream(const std::string& peer) : peer_(endpoint_of(peer)) {}

    bool is_open() const { return open_; }

    void open(std::chrono::steady_clock::time_point deadline) {
        stream_.expires_at(deadline);
        if (!open_) {
            wait_for([&](auto done) { stream_.async_connect(peer_, done); });
            stream_.socket().set_option(asio::ip::tcp::no_delay(true));
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

    asio::ip::tcp::endpoint peer_;
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
    for (;;) {
        const bool used_before = stream_->is_open();
        try {
            stream_->open(deadline);
            auto received = stream_->exchange(sent);
            HttpAnswer answer{static_cast<int>(received.result_int()), {}, received.body()};
            for (const auto& field : received) {
                std::string name(field.name_string());
                std::ranges::transform(name, name.begin(), lower);
                answer.headers.emplace(std::move(name), std::string(field.value()));
            }
            return answer;
        } catch (const boost::system::system_error& error) {
            stream_->close();
            if (!used_before || error.code() == beast::error::timeout ||
                error.code() == http::error::body_limit) {
                throw std::runtime_error(peer_ + ": " + error.code().message());
            }
        }
    }
}
