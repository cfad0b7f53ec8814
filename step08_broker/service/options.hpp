// The command line of a service.

#pragma once

#include <chrono>
#include <span>
#include <string_view>

#include "broker/connection.hpp"

extern const std::string_view service_usage;  // the text of --help

struct ServiceOptions {
    bool quiet = false;
    bool help = false;
    bool version = false;
    broker::Address address;
    int queue = 0;  // requests in hand and waiting, the next is answered with "busy"; 0: no limit
    std::chrono::milliseconds delay{0};  // before each answer, to watch what slow services do
};

// The arguments without the program's name. Throws std::invalid_argument if any of them, or an
// environment variable that stands for one, is wrong.
ServiceOptions parse_service_arguments(std::span<const char* const> arguments);
