// nats.c with nothing around it.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "forked.hpp"

// A child process that answers requests in JSON on the subjects bare.OPERATION of these operations.
class NatsResponder {
public:
    NatsResponder(const std::string& url, const std::vector<std::string>& operations);

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
