// Asks a service over HTTP.

#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "client.hpp"
#include "http/address.hpp"
#include "http/client.hpp"
#include "protocol/envelope.hpp"
#include "story.hpp"

struct HttpLimits {
    std::chrono::milliseconds connect_timeout;
    std::chrono::milliseconds timeout;   // for one answer
    std::chrono::milliseconds deadline;  // for a call with all its attempts
};

// Keeps one connection, from the first call on. While a call finds no service, or gets no answer in
// time or a wrong one, it is sent again after a pause that grows, until the deadline. Borrows the
// story. One thread at a time.
class HttpClient final : public Client {
public:
    // option is what names the service's URL on the command line, for error messages. Throws
    // std::invalid_argument if the URL is not one.
    HttpClient(const std::string& url, std::string option, HttpLimits limits, const Story& story);

    // Goes with every request from now on, for the logs of both sides.
    void set_request_id(const std::string& id) { request_id_ = id; }

    // Throws as call() does.
    protocol::Health health();

    const std::string& url() const { return url_; }

private:
    using Read = std::function<void(const protocol::Json&)>;

    void call(std::string_view operation, const std::string& payload, const Read& read) override;
    void repeat(const std::string& method, const std::string& path, const std::string& body,
                const Read& read);
    void attempt(httplib::Request request, std::chrono::milliseconds limit, const Read& read);

    std::string option_;
    http::Address address_;
    std::string url_;
    HttpLimits limits_;
    const Story& story_;
    std::string request_id_;
    http::Client client_;
};
