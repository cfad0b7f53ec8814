// Asks a service over HTTP.

#pragma once

#include <httplib.h>

#include <chrono>
#include <string>

#include "client.hpp"
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

    std::string url() const { return url_.server + url_.prefix; }

private:
    struct Url {
        std::string server;
        std::string prefix;  // of every path, without a slash at its end
    };

    static Url parse_url(const std::string& text, const std::string& option);
    void ask(const std::string& operation, const protocol::Json& params, const Read& read) override;
    std::string attempt(const std::string& operation, const protocol::Json& params,
                        std::chrono::milliseconds limit, const Read& read);
    httplib::Result exchange(const std::string& operation, const protocol::Json& params,
                             std::chrono::milliseconds limit, std::string& body);

    std::string option_;
    Url url_;
    HttpLimits limits_;
    const Story& story_;
    std::string request_id_ = "start";
    httplib::Client client_;
};
