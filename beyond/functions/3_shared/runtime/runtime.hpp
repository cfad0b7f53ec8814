// What makes a program a cloud function: it asks for events and answers them, one after another.
//
// The other side is the "custom runtime" interface of AWS Lambda, version 2018-06-01, at the
// address in AWS_LAMBDA_RUNTIME_API. The program is started with nothing else, as "bootstrap".

#pragma once

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

struct Context {
    std::string request_id;
    std::string function;                            // its full name
    std::chrono::system_clock::time_point deadline;  // after it the process is killed
    std::string client_context;                      // JSON that the caller sent along, or empty
};

// An event is answered with this kind of error instead of a result.
class FunctionError : public std::runtime_error {
public:
    FunctionError(std::string type, const std::string& message)
        : std::runtime_error(message), type_(std::move(type)) {}

    const std::string& type() const { return type_; }

private:
    std::string type_;
};

// Takes an event and returns the result, both JSON as text. What it throws is an answer too, of
// type DomainError for a std::domain_error, InternalError otherwise; the next event comes anyhow.
using Handler = std::function<std::string(const std::string& event, const Context& context)>;

// Makes the handler, and gives it one event after another. Returns the exit status, after a line on
// stderr, when the environment is gone or the handler cannot be made.
int run_function(const std::function<Handler()>& make_handler);
