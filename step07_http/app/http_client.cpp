#include "http_client.hpp"

#include <httplib.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

#include "backoff.hpp"

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr milliseconds first_pause = 10ms;
constexpr milliseconds longest_pause = 500ms;

// The service refuses the request itself, so that it is no use to repeat it.
class Refused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

std::string refusal(int status, const std::string& body) {
    try {
        return protocol::decode_problem(body).detail;
    } catch (const protocol::MalformedMessage&) {
        return "status " + std::to_string(status);
    }
}

}  // namespace

HttpClient::HttpClient(std::string url, std::string option, HttpLimits limits, const Story& story,
                       const std::string& request_id)
    : url_(std::move(url)),
      option_(std::move(option)),
      limits_(limits),
      story_(story),
      request_id_(request_id) {
    // A URL appears in messages, so there must be no password in it, for which there is no use.
    if (!url_.starts_with("http://") || url_.find('@') != std::string::npos) {
        throw std::invalid_argument(option_ + " needs a URL such as http://127.0.0.1:3001");
    }
    client_ = std::make_unique<httplib::Client>(url_);
    if (!client_->is_valid()) {
        throw std::invalid_argument(option_ + " needs a URL such as http://127.0.0.1:3001");
    }
    watchdog_ = std::make_unique<Watchdog>([this] { client_->stop(); });
    // tag::settings[]
    client_->set_keep_alive(true);
    client_->set_tcp_nodelay(true);  // else a request waits 40 ms for the ACK of its header
    // end::settings[]
}

HttpClient::~HttpClient() = default;

// tag::repeat[]
// Attempts until one succeeds or the deadline comes. That the service has done the work, and only
// the answer was lost, does no harm: all calls are pure.
template <typename Attempt>
auto HttpClient::repeat(Attempt attempt) {
    Backoff backoff(limits_.deadline, first_pause, longest_pause);
    for (;;) {
        try {
            return attempt(backoff.left());
        } catch (const Refused& error) {
            throw std::runtime_error("service " + url_ + " refuses the request: " + error.what() +
                                     "; is " + option_ + " the right service?");
        } catch (const std::runtime_error& error) {
            story_.tell("request " + request_id_ + ": " + url_ + ": " + error.what());
            if (!backoff.pause()) {
                throw std::runtime_error("service " + url_ + " gave no answer in " +
                                         std::to_string(limits_.deadline.count()) + " ms and " +
                                         std::to_string(backoff.pauses() + 1) +
                                         " attempts: " + error.what() +
                                         "; start it, or name another with " + option_);
            }
        }
    }
}
// end::repeat[]

// tag::call[]
protocol::Reply HttpClient::call(const protocol::Request& request) {
    std::string path = "/";
    path += protocol::operation(request);
    const std::string body = protocol::encode(request);
    return repeat([&](milliseconds left) {
        const Answer answer = exchange("POST", path, body, left);
        if (answer.status == 422) {
            throw std::domain_error(protocol::decode_problem(answer.body).detail);
        }
        return protocol::decode_reply(answer.body, request);
    });
}
// end::call[]

protocol::Health HttpClient::health() {
    return repeat([&](milliseconds left) {
        return protocol::decode_health(exchange("GET", "/health", "", left).body);
    });
}

// One request and its answer, of a status below 300 or 422.
HttpClient::Answer HttpClient::exchange(const std::string& method, const std::string& path,
                                        const std::string& body, milliseconds left) {
    const auto answer_deadline = steady_clock::now() + std::min(left, limits_.timeout);
    const auto late = [&] { return steady_clock::now() >= answer_deadline; };
    client_->set_connection_timeout(std::min(left, limits_.connect_timeout));
    client_->set_read_timeout(std::min(left, limits_.timeout));
    client_->set_write_timeout(std::min(left, limits_.timeout));

    Answer answer;
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.set_header("X-Request-ID", request_id_);
    if (method == "POST") {
        request.set_header("Content-Type", protocol::content_type);
        request.body = body;
    }
    request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t,
                                   std::uint64_t) {
        answer.body.append(data, size);
        return answer.body.size() <= protocol::max_message_size && !late();
    };
    const httplib::Result result =
        watchdog_->run(answer_deadline, [&] { return client_->send(request); });
    if (!result) {
        throw std::runtime_error(answer.body.size() > protocol::max_message_size
                                     ? "the answer is too long"
                                 : late() ? "no answer in time"
                                          : httplib::to_string(result.error()) + " failed");
    }
    answer.status = result->status;
    story_.tell("request " + request_id_ + ": " + method + " " + url_ + path + " " +
                std::to_string(answer.status));
    if (answer.status >= 500) {
        throw std::runtime_error("it answered " + std::to_string(answer.status) + ", " +
                                 refusal(answer.status, answer.body));
    }
    if (answer.status >= 300 && answer.status != 422) {
        throw Refused(refusal(answer.status, answer.body));
    }
    return answer;
}
