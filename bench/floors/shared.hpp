// A child process that answers lines through memory that both share, with nothing around it.

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "forked.hpp"

class SharedChild {
public:
    // As PipeChild, but without newlines. Both sides look for a line so long before they sleep.
    SharedChild(std::chrono::microseconds spin,
                const std::function<std::string(const std::string& line)>& answer);

    std::string exchange(const std::string& line);

private:
    struct Lines;

    std::chrono::microseconds spin_;
    Lines* lines_;  // a measuring program has no use for giving it back
    std::unique_ptr<Forked> child_;
};
