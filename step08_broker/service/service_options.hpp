// What the command line of a service asks for, whatever way the requests come.

#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "service/run_service.hpp"

struct ServiceOptions {
    std::chrono::milliseconds delay{0};  // before each result, to see what a slow service does
    bool quiet = false;
    bool told = false;  // help or version was all that it asked for, and has been printed
};

// The arguments without the program's name, and without the options that only this step has, which
// usage explains. Throws std::invalid_argument if any of them is wrong.
ServiceOptions parse_service_arguments(const Service& service, std::string_view usage,
                                       std::vector<std::string> arguments);
