// A child process that answers lines over a pair of pipes, with nothing around it.

#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>

#include "forked.hpp"

class PipeChild {
public:
    // The child answers each line with what answer() makes of it. Lines end with a newline, which
    // is part of them here.
    explicit PipeChild(const std::function<std::string(const std::string& line)>& answer);

    std::string exchange(const std::string& line);

private:
    std::array<int, 2> to_child_{};  // a measuring program has no use for closing them
    std::array<int, 2> from_child_{};
    std::unique_ptr<Forked> child_;
};
