// nats.c with nothing around it.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "forked.hpp"

// When an answer goes out.
enum class Send {
    at_once,      // by itself
    with_others,  // by the library's flusher, with all that there are by then, a millisecond later
                  // at most
};

// What an operation's subject begins with.
std::string prefix_of(Send send);

// A child process that answers requests in JSON for these operations.
class NatsResponder {
public:
    NatsResponder(const std::string& url, const std::vector<std::string>& operations,
                  Send send = Send::at_once);

private:
    std::unique_ptr<Forked> child_;
};

// Any number of threads may use it at once.
class NatsRequester {
public:
    explicit NatsRequester(const std::string& url);
    ~NatsRequester();

    std::string exchange(const std::string& operation, const std::string& payload);

private:
    struct Connection;

    std::unique_ptr<Connection> connection_;
};
