#include "function_client.hpp"

#include <stdexcept>

#include "backoff.hpp"

using namespace std::chrono_literals;
using protocol::Json;

namespace {

std::string address_in(const std::string& url) {
    const std::string scheme = "http://";
    if (!url.starts_with(scheme)) {
        throw std::invalid_argument("--functions-url needs a URL such as http://127.0.0.1:9001");
    }
    return url.substr(scheme.size());
}

bool is_worth_repeating(int status) {
    return status >= 500 || status == 429;
}

// A second invocation would fail, too.
class Refused : public std::exception {
public:
    explicit Refused(std::string why) : why_(std::move(why)) {}
    const char* what() const noexcept override { return why_.c_str(); }

private:
    std::string why_;
};

// Throws the exception that the function's error stands for.
void check(const Json& error) {
    const auto type = error.at("errorType").get<std::string>();
    const auto message = error.at("errorMessage").get<std::string>();
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

// tag::ask[]
void FunctionClient::ask(const std::string& operation, const Json& params, const Read& read) {
    Json event = params;
    event["op"] = operation;  // one more member
    const HttpRequest request{"POST", target_, {}, event.dump()};
    Backoff backoff(10ms, 500ms, limits_.deadline);
    std::string failure;
    do {
        failure = attempt(request, backoff.limit(limits_.timeout), read);
        if (failure.empty()) {
            return;
        }
        story_.tell(name_ + ": " + failure);
    } while (backoff.pause());
    throw std::runtime_error(name_ + " gave no result in " +
                             std::to_string(limits_.deadline.count()) + " ms: " + failure +
                             "; start it, or name another with --functions-url");
}
// end::ask[]

// Returns why it failed, if it may succeed next time. Throws what no repetition changes.
std::string FunctionClient::attempt(const HttpRequest& request, std::chrono::milliseconds limit,
                                    const Read& read) {
    try {
        const HttpAnswer answer = connection_.exchange(request, limit);
        if (is_worth_repeating(answer.status)) {
            return "answered with status " + std::to_string(answer.status);
        }
        const Json body = Json::parse(answer.body);
        if (answer.status != 200) {
            throw Refused("refuses with status " + std::to_string(answer.status) + ": " +
                          body.at("Message").get<std::string>());
        }
        if (!value_of(answer.headers, "X-Amz-Function-Error").empty()) {
            check(body);
        }
        read(body);
        return "";
    } catch (const std::domain_error&) {
        throw;
    } catch (const Refused& refused) {
        throw std::runtime_error(name_ + " " + refused.what() +
                                 "; is it the right one? Name another with --functions-url");
    } catch (const std::exception& error) {
        return error.what();
    }
}
