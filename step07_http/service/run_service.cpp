#include "service/run_service.hpp"

#include <unistd.h>

#include <array>
#include <stdexcept>
#include <thread>

#include "shell.hpp"
#include "standard_streams.hpp"
#include "values.hpp"

namespace {

constexpr std::string_view common_usage =
    R"(      --delay MS         pretend that each call takes so long (SERVICE_DELAY; 0)
  -q, --quiet            no story on stderr (errors still appear)
  -h, --help             print this help and exit
      --version          print the component's version and exit
)";

// Takes the options of all services, and of this server. What the environment says of the delay is
// checked as if it were an option.
ShellOptions take_all(Service& service, Server& server, std::span<const char* const> given) {
    const std::string delay = setting("", "SERVICE_DELAY", "0");
    const std::array from_environment{"SERVICE_DELAY", delay.c_str()};
    Arguments environment(from_environment);
    environment.next();
    service.delay = environment.milliseconds(0);

    ShellOptions options;
    for (Arguments arguments(given); arguments.next();) {
        if (arguments.is("--delay")) {
            service.delay = arguments.milliseconds(0);
        } else if (!server.take(arguments) && !options.take(arguments.current())) {
            throw std::invalid_argument("unknown argument " + quote(arguments.current()));
        }
    }
    return options;
}

}  // namespace

std::string Service::call(std::string_view operation, const protocol::Json& payload) const {
    const auto found = operations.find(operation);
    if (found == operations.end()) {
        throw protocol::MalformedMessage(name + " has no such operation");
    }
    std::this_thread::sleep_for(delay);
    return found->second(payload);
}

std::string Service::title() const {
    return name + " (pid " + std::to_string(getpid()) + ")";
}

int run_service(Service service, std::span<char* const> arguments) {
    occupy_standard_streams();
    return run_program(service.name, [&] {
        const auto server = make_server(service.name, arguments);
        const ShellOptions options = take_all(service, *server, arguments);
        const std::string usage = "Usage: " + service.name + " [options]\n\n" +
                                  std::string(server->usage()) + std::string(common_usage);
        if (told_about(options, service.name + ' ' + service.version, usage)) {
            return success;
        }
        const StopSignals signals;
        server->serve(service, signals, Story(options.quiet));
        return success;
    });
}
