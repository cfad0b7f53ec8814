// What the command line asks for.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct Options {
    std::vector<std::int32_t> values;
    bool from_stdin = false;
    bool quiet = false;
    bool help = false;
    bool version = false;
};

// The arguments without the program's name. Throws std::invalid_argument if any of them is wrong.
Options parse_arguments(const std::vector<std::string>& arguments);
