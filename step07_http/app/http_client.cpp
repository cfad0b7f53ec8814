#include "http_client.hpp"

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <utility>

#include "backoff.hpp"
#include "protocol/envelope.hpp"

using namespace std::chrono_literals;

namespace {

constexpr std::size_t longest_answer = 65536;

}  // namespace

HttpClient::HttpClient(const std::string& url, std::string option, HttpLimits limits,
                       const Story& story)
    : option_(std::move(option)),
      url_(parse_url(url, option_)),
      limits_(limits),
      story_(story),
      client_(url_.server) {
    // tag::settings[]
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);  // else a request waits 40 ms for the ACK of its header
    // end::settings[]
}

HttpClient::Url HttpClient::parse_url(const std::string& text, const std::string& option) {
    static const std::regex pattern(
        R"((http://(?:[\w.-]+|\[[\da-f:]+\])(?::[1-9]\d{0,4})?)((?:/[\w.~%-]+)*)/?)");
    std::smatch match;
    if (!std::regex_match(text, match, pattern)) {
        throw std::invalid_argument(option + " needs a URL such as http://127.0.0.1:3001");
    }
    return {match[1], match[2]};
}

// tag::ask[]
void HttpClient::ask(const std::string& operation, const protocol::Json& params, const Read& read) {
    Backoff backoff(10ms, 500ms, limits_.deadline);
    std::string failure;
    do {
        failure = attempt(operation, params, backoff.limit(limits_.timeout), read);
        if (failure.empty()) {
            return;
        }
        story_.tell("request " + request_id_ + ": " + url() + ": " + failure);
    } while (backoff.pause());
    throw std::runtime_error("service " + url() + " gave no valid reply in " +
                             std::to_string(limits_.deadline.count()) + " ms: " + failure +
                             "; start it, or name another with " + option_);
}
// end::ask[]

// tag::attempt[]
// Returns why it failed, if it may succeed next time. Throws what no repetition changes.
std::string HttpClient::attempt(const std::string& operation, const protocol::Json& params,
                                std::chrono::milliseconds limit, const Read& read) {
    protocol::Answer answer;
    const httplib::Result result = exchange(operation, params, limit, answer.body);
    if (!result) {
        return result.error() == httplib::Error::Connection ? "no connection"
                                                            : "no whole answer in time";
    }
    const int status = answer.status = result->status;
    std::string answered = "it answered " + std::to_string(status);
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
        return answered;
    }
    if (status != 200 && status != 422) {
        throw std::runtime_error("service " + url() + ": " + answered + "; is " + option_ +
                                 " the right service?");
    }
    try {
        read(protocol::decode_answer(answer));
        return "";
    } catch (const protocol::MalformedMessage& error) {
        return std::string("it answered nonsense: ") + error.what();
    } catch (const protocol::Json::exception& error) {
        return std::string("it answered nonsense: ") + error.what();
    }
}
// end::attempt[]

// tag::exchange[]
httplib::Result HttpClient::exchange(const std::string& operation, const protocol::Json& params,
                                     std::chrono::milliseconds limit, std::string& body) {
    httplib::Request request;
    request.method = params.is_null() ? "GET" : "POST";
    request.path = url_.prefix + '/' + operation;
    request.headers = {{"X-Request-ID", request_id_}, {"Content-Type", "application/json"}};
    request.body = params.is_null() ? "" : params.dump();
    const auto end = Backoff::Clock::now() + limit;
    request.content_receiver = [&](const char* data, std::size_t size, auto, auto) {
        body.append(data, size);
        return body.size() <= longest_answer && Backoff::Clock::now() < end;
    };
    client_.set_connection_timeout(std::min(limit, limits_.connect_timeout));
    client_.set_read_timeout(limit);  // for each piece of the answer, so end is needed as well
    httplib::Result result = client_.send(request);
    if (result) {
        story_.tell("request " + request_id_ + ": " + request.method + ' ' + url_.server +
                    request.path + ' ' + std::to_string(result->status));
    }
    return result;
}
// end::exchange[]
