// Service: a component that answers requests from outside its process.

#pragma once

#include <functional>
#include <span>
#include <string>

#include "protocol/messages.hpp"

struct Service {
    std::string name;
    std::string version;  // of the component

    // The reply to a request. May throw std::domain_error for a value that is refused. Any number
    // of threads may call it at once.
    std::function<protocol::Reply(const protocol::Request&)> answer;
};

// The service's main(): serves until its input ends or a SIGTERM or SIGINT arrives, finishes the
// request in hand, and returns the exit status. Takes the arguments without the program's name.
int run_service(const Service& service, std::span<char* const> arguments);
