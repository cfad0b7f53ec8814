// What the command line asks for.

#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "shell.hpp"
#include "values.hpp"

extern const std::string_view usage;  // the text of --help

struct Options : ShellOptions {
    Values values;
    std::string service1;  // empty: not given
    std::string service2;
    std::chrono::milliseconds connect_timeout{1000};
    std::chrono::milliseconds timeout{2000};
    std::chrono::milliseconds deadline{10000};
    int jobs = 1;
};

// The arguments without the program's name. Throws std::invalid_argument if any of them is wrong.
Options parse_arguments(std::span<const char* const> given);
