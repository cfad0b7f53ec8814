// A child process that answers messages over a TCP connection, with nothing around it.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "forked.hpp"

class TcpChild {
public:
    using IsWhole = std::function<bool(const std::string& bytes)>;
    using Answer = std::function<std::string(const std::string& message)>;

    // What is_whole() says to be a message is answered with what answer() makes of it.
    TcpChild(IsWhole is_whole, const Answer& answer);

    std::string exchange(const std::string& message);

private:
    IsWhole is_whole_;
    int connection_;  // a measuring program has no use for closing it
    std::unique_ptr<Forked> child_;
};
