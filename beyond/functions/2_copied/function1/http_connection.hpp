// An HTTP connection that is kept open from one exchange to the next.

#pragma once

#include <boost/beast/core/string.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>

constexpr std::size_t max_payload_size = std::size_t{6} * 1024 * 1024;  // the service's limit
constexpr std::chrono::milliseconds no_limit = std::chrono::hours(100'000);

using HttpHeaders = std::map<std::string, std::string, boost::beast::iless>;

struct HttpRequest {
    std::string method;
    std::string target;
    HttpHeaders headers;
    std::string body;
};

struct HttpAnswer {
    int status = 0;
    HttpHeaders headers;
    std::string body;
};

// Empty if there is no such header.
inline std::string value_of(const HttpHeaders& headers, const std::string& name) {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
}

// One thread at a time.
class HttpConnection {
public:
    // The peer is HOST:PORT, the host in digits. Throws std::invalid_argument.
    explicit HttpConnection(const std::string& peer);
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;
    ~HttpConnection();

    // Sends the request and returns the answer. If the connection from before has been closed, it
    // takes a new one; but what may have been done already is not sent again. Throws
    // std::runtime_error if there is no answer within the limit, or one longer than
    // max_payload_size.
    HttpAnswer exchange(const HttpRequest& request, std::chrono::milliseconds limit);

private:
    class Stream;

    std::string peer_;
    std::unique_ptr<Stream> stream_;
};
