#include "runtime.hpp"

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "http_connection.hpp"

using namespace std::chrono_literals;

namespace {

const std::string prefix = "/2018-06-01/runtime/";
constexpr auto time_to_post = 5s;

struct Error {
    std::string type;
    std::string message;
};

// tag::current_error[]
// To be called in a catch block.
Error current_error() {
    try {
        throw;
    } catch (const FunctionError& error) {
        return {error.type(), error.what()};
    } catch (const std::domain_error& error) {
        return {"DomainError", error.what()};
    } catch (const std::exception& error) {
        return {"InternalError", error.what()};
    } catch (...) {
        return {"InternalError", "something was thrown that is no std::exception"};
    }
}
// end::current_error[]

class Runtime {
public:
    explicit Runtime(const std::string& api) : connection_(api) {}

    // tag::serve[]
    void serve_one_event(const Handler& handle) {
        const HttpAnswer next =
            connection_.exchange({"GET", prefix + "invocation/next", {}, {}}, no_limit);
        const std::string id = value_of(next.headers, "lambda-runtime-aws-request-id");
        if (next.status != 200 || id.empty()) {
            throw std::runtime_error("asked for an event, and got status " +
                                     std::to_string(next.status));
        }
        publish_trace(value_of(next.headers, "lambda-runtime-trace-id"));
        const std::string answers = "invocation/" + id;
        std::string result;
        try {
            result = handle(next.body, context_of(next, id));
            check_size(result);
        } catch (...) {
            return post_error(answers + "/error", current_error());
        }
        post(answers + "/response", result, {});
    }
    // end::serve[]

    void post_error(const std::string& where, const Error& error) {
        using Json = nlohmann::ordered_json;
        const Json body{{"errorType", error.type}, {"errorMessage", error.message}};
        post(where, body.dump(-1, ' ', false, Json::error_handler_t::replace),
             {{"Lambda-Runtime-Function-Error-Type", error.type}});
    }

private:
    static Context context_of(const HttpAnswer& next, const std::string& id) {
        const std::string deadline = value_of(next.headers, "lambda-runtime-deadline-ms");
        const std::chrono::milliseconds since_epoch(std::strtoll(deadline.c_str(), nullptr, 10));
        return {id, value_of(next.headers, "lambda-runtime-invoked-function-arn"),
                std::chrono::system_clock::time_point(since_epoch),
                value_of(next.headers, "lambda-runtime-client-context")};
    }

    // Where libraries for tracing look for it.
    static void publish_trace(const std::string& trace) {
        if (trace.empty()) {
            unsetenv("_X_AMZN_TRACE_ID");
        } else {
            setenv("_X_AMZN_TRACE_ID", trace.c_str(), 1);
        }
    }

    static void check_size(const std::string& result) {
        if (result.size() > max_payload_size) {
            throw FunctionError("Function.ResponseSizeTooLarge",
                                "the result has " + std::to_string(result.size()) +
                                    " bytes, and may have " + std::to_string(max_payload_size));
        }
    }

    // That an answer is refused, perhaps since it comes too late, is no reason to end.
    void post(const std::string& where, const std::string& body, HttpHeaders headers) {
        headers["Content-Type"] = "application/json";
        const HttpAnswer answer =
            connection_.exchange({"POST", prefix + where, std::move(headers), body}, time_to_post);
        if (answer.status != 202) {
            std::cerr << "function: " + where + " was refused with status " +
                             std::to_string(answer.status) + "\n";
        }
    }

    HttpConnection connection_;
};

}  // namespace

int run_function(const std::function<Handler()>& make_handler) {
    const char* api = std::getenv("AWS_LAMBDA_RUNTIME_API");
    if (api == nullptr) {
        std::cerr << "function: AWS_LAMBDA_RUNTIME_API is not set; "
                     "start this program with the emulator, not by hand\n";
        return 2;
    }
    try {
        Runtime runtime(api);
        Handler handle;
        try {
            handle = make_handler();
        } catch (...) {
            const Error error = current_error();
            runtime.post_error("init/error", error);
            throw std::runtime_error("cannot begin: " + error.message);
        }
        for (;;) {
            runtime.serve_one_event(handle);
        }
    } catch (const std::exception& error) {
        std::cerr << "function: " + std::string(error.what()) + "\n";
        return 1;
    }
}
