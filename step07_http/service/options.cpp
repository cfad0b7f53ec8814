#include "service/options.hpp"

#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <system_error>

const std::string_view service_usage = R"(
      --listen HOST:PORT where to accept connections; port 0: any that is free
                         (SERVICE_LISTEN; 127.0.0.1:3001 for service1, 3002 for service2)
      --delay MS         pretend that each call takes so long (SERVICE_DELAY; 0)
  -q, --quiet            no story on stderr (errors still appear)
  -h, --help             print this help and exit
      --version          print the component's version and exit
)";

namespace {

int number(std::string_view name, std::string_view text, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > most) {
        throw std::invalid_argument(std::string(name) + " needs a number from 0 to " +
                                    std::to_string(most));
    }
    return value;
}

std::chrono::milliseconds milliseconds(std::string_view name, std::string_view text) {
    return std::chrono::milliseconds(number(name, text, 3'600'000));
}

// HOST:PORT, where an IPv6 address stands in brackets.
void set_address(ServiceOptions& options, std::string_view name, std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) {
        throw std::invalid_argument(std::string(name) + " needs HOST:PORT, such as 127.0.0.1:3001");
    }
    options.port = number(name, text.substr(colon + 1), 65535);
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    options.host = host;
}

// Takes the next argument; there must be one.
std::string_view take(std::span<const char* const>& arguments, std::string_view option) {
    if (arguments.empty()) {
        throw std::invalid_argument("option '" + std::string(option) + "' needs a value");
    }
    const std::string_view argument = arguments.front();
    arguments = arguments.subspan(1);
    return argument;
}

}  // namespace

ServiceOptions parse_service_arguments(std::span<const char* const> arguments, int default_port) {
    ServiceOptions options;
    options.port = default_port;
    if (const char* address = std::getenv("SERVICE_LISTEN");
        address != nullptr && *address != '\0') {
        set_address(options, "SERVICE_LISTEN", address);
    }
    if (const char* delay = std::getenv("SERVICE_DELAY"); delay != nullptr && *delay != '\0') {
        options.delay = milliseconds("SERVICE_DELAY", delay);
    }
    while (!arguments.empty()) {
        const std::string_view argument = take(arguments, {});
        if (argument == "--listen") {
            set_address(options, argument, take(arguments, argument));
        } else if (argument == "--delay") {
            options.delay = milliseconds(argument, take(arguments, argument));
        } else if (argument == "-q" || argument == "--quiet") {
            options.quiet = true;
        } else if (argument == "-h" || argument == "--help") {
            options.help = true;
        } else if (argument == "--version") {
            options.version = true;
        } else {
            throw std::invalid_argument("unknown argument '" + std::string(argument) + "'");
        }
    }
    return options;
}
