// A client whose service is a cloud function.

#pragma once

#include <chrono>
#include <string>

#include "client.hpp"
#include "http_connection.hpp"
#include "story.hpp"

struct InvocationLimits {
    std::chrono::milliseconds timeout;   // for one invocation
    std::chrono::milliseconds deadline;  // for a call, with all that is tried
};

// Borrows the story. One thread at a time.
class FunctionClient final : public Client {
public:
    // The URL is http://ADDRESS:PORT, the address in digits. Throws std::invalid_argument.
    FunctionClient(const std::string& url, const std::string& function, InvocationLimits limits,
                   const Story& story);

private:
    void ask(const std::string& operation, const protocol::Json& params, const Read& read) override;
    std::string attempt(const HttpRequest& request, std::chrono::milliseconds limit,
                        const Read& read);

    std::string name_;  // for messages
    InvocationLimits limits_;
    const Story& story_;
    std::string target_;
    HttpConnection connection_;
};
