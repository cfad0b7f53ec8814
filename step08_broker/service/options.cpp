#include "service/options.hpp"

#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <system_error>

const std::string_view service_usage = R"(
      --nats URL[,URL]   the broker (NATS_URL; nats://127.0.0.1:4222); name and password in the
                         URL or in NATS_USER and NATS_PASSWORD, or a token in NATS_TOKEN
      --tls-ca FILE      use TLS and trust the certificates that this CA signed (NATS_CA)
      --queue N          one request at a time, N of them at most in hand and waiting, and the next
                         is answered with "busy", so that another service gets it (0: no limit)
      --delay MS         pretend that each call takes so long (SERVICE_DELAY; 0)
  -q, --quiet            no story on stderr (errors still appear)
  -h, --help             print this help and exit
      --version          print the component's version and exit
)";

namespace {

int number(std::string_view name, std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
        throw std::invalid_argument(std::string(name) + " needs a number from " +
                                    std::to_string(least) + " to " + std::to_string(most));
    }
    return value;
}

std::chrono::milliseconds milliseconds(std::string_view name, std::string_view text) {
    return std::chrono::milliseconds(number(name, text, 0, 3'600'000));
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
    std::string urls;
    std::string ca_file;
    if (const char* delay = std::getenv("SERVICE_DELAY"); delay != nullptr && *delay != '\0') {
        options.delay = milliseconds("SERVICE_DELAY", delay);
    }
    while (!arguments.empty()) {
        const std::string_view argument = take(arguments, {});
        if (argument == "--nats") {
            urls = take(arguments, argument);
        } else if (argument == "--tls-ca") {
            ca_file = take(arguments, argument);
        } else if (argument == "--queue") {
            options.queue = number(argument, take(arguments, argument), 0, 1'000'000);
        } else if (argument == "--delay") {
            options.delay = milliseconds(argument, take(arguments, argument));
        } else if (argument == "-q" || argument == "--quiet") {
            options.quiet = true;
        } else if (argument == "-h" || argument == "--help") {
            options.help = true;
        } else if (argument == "--version") {
            options.version = true;
        } else {
            const std::string_view shown = argument.substr(argument.rfind('@') + 1);  // no password
            throw std::invalid_argument("unknown argument '" + std::string(shown) + "'");
        }
    }
    options.address = broker::address(urls, ca_file);
    return options;
}
