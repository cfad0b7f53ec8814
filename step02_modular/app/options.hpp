// What the command line asks for.

#pragma once

#include <span>
#include <string_view>

#include "shell.hpp"
#include "values.hpp"

extern const std::string_view usage;  // the text of --help

struct Options : ShellOptions {
    Values values;
};

// The arguments without the program's name. Throws std::invalid_argument if any of them is wrong.
Options parse_arguments(std::span<const char* const> given);
