// What the command line asks for.

#pragma once

#include <chrono>
#include <span>
#include <string_view>

#include "broker/options.hpp"
#include "shell.hpp"
#include "values.hpp"

extern const std::string_view usage;  // the text of --help

struct Options : ShellOptions {
    Values values;
    broker::Options broker;
    int jobs = 1;
    std::chrono::milliseconds timeout{2000};
    std::chrono::milliseconds deadline{10000};
};

// The arguments without the program's name. Throws std::invalid_argument if any of them is wrong.
Options parse_arguments(std::span<const char* const> given);
