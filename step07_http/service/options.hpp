// The command line of a service.

#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

extern const std::string_view service_usage;  // the text of --help

struct ServiceOptions {
    bool quiet = false;
    bool help = false;
    bool version = false;
    std::string host = "127.0.0.1";
    int port = 0;                        // 0: any that is free
    std::chrono::milliseconds delay{0};  // before each answer, to watch what slow services do
};

// The arguments without the program's name. Throws std::invalid_argument if any of them, or an
// environment variable that stands for one, is wrong.
ServiceOptions parse_service_arguments(std::span<const char* const> arguments, int default_port);
