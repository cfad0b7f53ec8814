// A component that answers requests from outside its process.

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "arguments.hpp"
#include "protocol/payloads.hpp"
#include "service/stop_signals.hpp"
#include "story.hpp"

// Any number of threads may call at once.
struct Service {
    // Makes the payload of the result of a request's payload. Throws std::domain_error for a value
    // that is refused, protocol::MalformedMessage for a payload that is none.
    using Operation = std::function<std::string(const protocol::Json& payload)>;

    std::string name;
    std::string version;  // of the component
    std::map<std::string, Operation, std::less<>> operations;
    std::chrono::milliseconds delay{0};  // before each result, to watch what slow services do

    // The result of an operation; throws protocol::MalformedMessage if there is no such one.
    std::string call(std::string_view operation, const protocol::Json& payload) const;

    // For the story and for errors: which of all the services this is.
    std::string title() const;
};

// How requests reach a service and results leave it.
class Server {
public:
    virtual ~Server() = default;

    // The options that it adds to those of every service: as text for --help, and for taking.
    virtual std::string_view usage() const = 0;
    virtual bool take(Arguments& arguments) = 0;

    // Serves until a stop signal comes, then finishes the requests in progress. Throws
    // std::runtime_error if it can no longer serve.
    virtual void serve(const Service& service, const StopSignals& signals, const Story& story) = 0;
};

// The server of this program, for the service of this name: what a step's service/ chooses. Borrows
// the arguments of main(), without the program's name.
std::unique_ptr<Server> make_server(const std::string& service, std::span<char* const> arguments);

// The service's main(), from those arguments to its exit status.
int run_service(Service service, std::span<char* const> arguments);
