#include "service/options.hpp"

#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <system_error>

const std::string_view service_usage = R"(
      --delay MS         pretend that each call takes so long (SERVICE_DELAY; 0)
  -q, --quiet            no story on stderr (errors still appear)
  -h, --help             print this help and exit
      --version          print the component's version and exit
)";

namespace {

std::chrono::milliseconds milliseconds(std::string_view name, std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 ||
        value > 3'600'000) {
        throw std::invalid_argument(std::string(name) + " needs milliseconds from 0 to 3600000");
    }
    return std::chrono::milliseconds(value);
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

ServiceOptions parse_service_arguments(std::span<const char* const> arguments) {
    ServiceOptions options;
    if (const char* delay = std::getenv("SERVICE_DELAY"); delay != nullptr && *delay != '\0') {
        options.delay = milliseconds("SERVICE_DELAY", delay);
    }
    while (!arguments.empty()) {
        const std::string_view argument = take(arguments, {});
        if (argument == "--delay") {
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
