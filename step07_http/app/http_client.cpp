#include "http_client.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "backoff.hpp"
#include "protocol/deadline.hpp"

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

// The service refuses the request itself, so repeating it is of no use.
class Refused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

http::Address parse_address(const std::string& option, const std::string& url) {
    try {
        return http::parse_url(url);
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument(option +
                                    " needs a URL such as http://127.0.0.1:3001: " + error.what());
    }
}

std::string detail_of(int status, const std::string& body) {
    try {
        return protocol::read_detail(body);
    } catch (const protocol::MalformedMessage&) {
        return "status " + std::to_string(status);
    }
}

std::string what_failed(httplib::Error error) {  // the library's words change with its release
    return error == httplib::Error::Connection ? "Connection failed"
           : error == httplib::Error::Read     ? "Read failed"
                                               : httplib::to_string(error);
}

// tag::check_status[]
// Returns if the answer has a result.
void check_status(int status, const std::string& body) {
    if (status < 300) {
        return;
    }
    const std::string detail = detail_of(status, body);
    if (status == 422) {
        throw std::domain_error(detail);
    }
    if (status >= 500) {
        throw std::runtime_error("it answered " + std::to_string(status) + ", " + detail);
    }
    throw Refused(detail);
}
// end::check_status[]

}  // namespace

HttpClient::HttpClient(const std::string& url, std::string option, HttpLimits limits,
                       const Story& story)
    : option_(std::move(option)),
      address_(parse_address(option_, url)),
      url_("http://" + address_.shown()),
      limits_(limits),
      story_(story),
      client_(address_.host, address_.port) {}

void HttpClient::call(std::string_view operation, const std::string& payload, const Read& read) {
    repeat("POST", std::string("/").append(operation), payload, read);  // GCC 12 warns of "/" +
}

protocol::Health HttpClient::health() {
    protocol::Health health;
    repeat("GET", "/health", "", [&](const auto& json) { health = protocol::read_health(json); });
    return health;
}

// tag::repeat[]
// Attempts until one succeeds or the deadline comes. If the service has done the work and only the
// answer was lost, that does no harm: all calls are pure.
void HttpClient::repeat(const std::string& method, const std::string& path, const std::string& body,
                        const Read& read) {
    httplib::Request request;
    request.method = method;
    request.path = address_.prefix + path;
    request.body = body;
    request.set_header("X-Request-ID", request_id_);
    if (!body.empty()) {
        request.set_header("Content-Type", protocol::content_type);
    }
    Backoff backoff(10ms, 500ms, limits_.deadline);
    for (;;) {
        std::string failure;
        try {
            return attempt(request, backoff.begin_attempt(limits_.timeout), read);
        } catch (const Refused& error) {
            throw std::runtime_error("service " + url_ + " refuses the request: " + error.what() +
                                     "; is " + option_ + " the right service?");
        } catch (const std::runtime_error& error) {
            failure = error.what();
        }
        story_.tell("request " + request_id_ + ": " + url_ + ": " + failure);
        if (!backoff.pause()) {
            throw std::runtime_error("service " + url_ + " gave no valid reply in " +
                                     std::to_string(limits_.deadline.count()) + " ms and " +
                                     std::to_string(backoff.attempts()) + " attempts: " + failure +
                                     "; start it, or name another with " + option_);
        }
    }
}
// end::repeat[]

void HttpClient::attempt(httplib::Request request, milliseconds limit, const Read& read) {
    const auto deadline = steady_clock::now() + limit;
    request.set_header(protocol::deadline_header, protocol::deadline_in(limit));
    std::string body;
    request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t,
                                   std::uint64_t) {
        body.append(data, size);
        return body.size() <= protocol::max_message_size;
    };
    const httplib::Result result =
        client_.exchange(request, std::min(limit, limits_.connect_timeout), deadline);
    if (!result) {
        throw std::runtime_error(body.size() > protocol::max_message_size ? "the answer is too long"
                                 : steady_clock::now() >= deadline        ? "no answer in time"
                                                                   : what_failed(result.error()));
    }
    story_.tell("request " + request_id_ + ": " + request.method + " " + url_ + request.path + " " +
                std::to_string(result->status));
    check_status(result->status, body);
    protocol::decode_result(body, read);
}
