#include "function_client.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "backoff.hpp"
#include "protocol/payloads.hpp"

using namespace std::chrono_literals;

namespace {

// It is no use to invoke again.
class Refused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

std::string address_in(const std::string& url) {
    const std::string scheme = "http://";
    if (!url.starts_with(scheme)) {
        throw std::invalid_argument("--functions-url needs a URL such as http://127.0.0.1:9001");
    }
    return url.substr(scheme.size());
}

// The operation is one more member of the event.
std::string event_of(std::string_view operation, const std::string& payload) {
    std::string event = "{\"op\":\"";
    event += operation;
    event += payload == "{}" ? "\"" : "\",";
    return event += payload.substr(1);
}

// Throws what an answer that is no result means.
void check(const HttpAnswer& answer) {
    if (answer.status >= 400 && answer.status < 500 && answer.status != 429) {
        const auto body = protocol::parse(answer.body);
        throw Refused("refuses with status " + std::to_string(answer.status) + ": " +
                      protocol::string_member(body, "Message"));
    }
    if (answer.status != 200) {
        throw std::runtime_error("answered with status " + std::to_string(answer.status));
    }
    if (answer.header("x-amz-function-error").empty()) {
        return;
    }
    const auto error = protocol::parse(answer.body);
    const std::string type = protocol::string_member(error, "errorType");
    const std::string message = protocol::string_member(error, "errorMessage");
    if (type == "DomainError") {
        throw std::domain_error(message);
    }
    if (type == "MalformedEvent") {
        throw Refused("did not understand the event: " + message);
    }
    throw std::runtime_error("answered with an error: " + message);
}

}  // namespace

FunctionClient::FunctionClient(const std::string& url, const std::string& function,
                               InvocationLimits limits, const Story& story)
    : name_("function " + function + " at " + url),
      limits_(limits),
      story_(story),
      target_("/2015-03-31/functions/" + function + "/invocations"),
      connection_(address_in(url)) {}

// tag::call[]
void FunctionClient::call(std::string_view operation, const std::string& payload,
                          const Read& read) {
    const HttpRequest request{"POST", target_, {}, event_of(operation, payload)};
    Backoff backoff(10ms, 500ms, limits_.deadline);
    for (;;) {
        try {
            return attempt(request, backoff.begin_attempt(limits_.timeout), read);
        } catch (const Refused& error) {
            throw std::runtime_error(name_ + " " + error.what() +
                                     "; is it the right one? Name another with --functions-url");
        } catch (const std::runtime_error& error) {
            story_.tell(name_ + ": " + error.what());
            if (!backoff.pause()) {
                throw std::runtime_error(
                    name_ + " gave no result in " + std::to_string(limits_.deadline.count()) +
                    " ms and " + std::to_string(backoff.attempts()) + " attempts: " + error.what() +
                    "; start it, or name another with --functions-url");
            }
        }
    }
}
// end::call[]

void FunctionClient::attempt(const HttpRequest& request, std::chrono::milliseconds limit,
                             const Read& read) {
    const HttpAnswer answer = connection_.exchange(request, limit);
    check(answer);
    read(protocol::parse(answer.body));
}
