// Asks a service over HTTP.

#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "client.hpp"
#include "story.hpp"
#include "watchdog.hpp"

namespace httplib {
class Client;
}

struct HttpLimits {
    std::chrono::milliseconds connect_timeout;
    std::chrono::milliseconds timeout;   // for one answer
    std::chrono::milliseconds deadline;  // for a call with all its retries
};

// Keeps one connection, from the first call on. While a call finds no service, or gets no answer in
// time or a wrong one, it is sent again after a pause that grows, until the deadline. Borrows the
// story and the request id, which goes with every request as it is at that time. One thread at a
// time.
class HttpClient final : public Client {
public:
    // option is what names the service's URL on the command line, for error messages. Throws
    // std::invalid_argument if the URL is not one.
    HttpClient(std::string url, std::string option, HttpLimits limits, const Story& story,
               const std::string& request_id);
    ~HttpClient() override;

    protocol::Reply call(const protocol::Request& request) override;

    // Throws as call() does.
    protocol::Health health();

    const std::string& url() const { return url_; }

private:
    struct Answer {
        int status = 0;
        std::string body;
    };

    template <typename Attempt>
    auto repeat(Attempt attempt);
    Answer exchange(const std::string& method, const std::string& path, const std::string& body,
                    std::chrono::milliseconds left);

    std::string url_;
    std::string option_;
    HttpLimits limits_;
    const Story& story_;
    const std::string& request_id_;
    std::unique_ptr<httplib::Client> client_;
    std::unique_ptr<Watchdog>
        watchdog_;  // the library limits each piece of an answer, not the whole
};
