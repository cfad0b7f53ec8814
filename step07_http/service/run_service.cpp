#include "service/run_service.hpp"

#include <exception>
#include <iostream>
#include <regex>
#include <stdexcept>

#include "arguments.hpp"
#include "service/http_server.hpp"
#include "service/service_options.hpp"
#include "shell.hpp"

namespace {

constexpr const char* usage = R"(Answers requests over HTTP.

      --listen HOST:PORT where to accept connections; port 0: any that is free
                         (SERVICE_LISTEN; 127.0.0.1:3001 for service1, 3002 for service2)
)";

void run(const Service& service, std::vector<std::string> arguments) {
    const std::string listen =
        setting(take_option(arguments, "--listen"), "SERVICE_LISTEN",
                service.name == "service1" ? "127.0.0.1:3001" : "127.0.0.1:3002");
    std::smatch match;
    if (!std::regex_match(listen, match, std::regex(R"(([\w.-]+):(\d{1,5}))")) ||
        std::stoi(match[2]) > 65535) {
        throw std::invalid_argument(
            "--listen or SERVICE_LISTEN needs HOST:PORT, such as 127.0.0.1:3001");
    }
    const ServiceOptions options = parse_service_arguments(service, usage, arguments);
    if (!options.told) {
        serve(service, options, match[1], std::stoi(match[2]));
    }
}

}  // namespace

int run_service(const Service& service, const std::vector<std::string>& arguments) {
    try {
        run(service, arguments);
        return success;
    } catch (const std::invalid_argument& error) {
        std::cerr << service.name + ": " + error.what() + "; try '" + service.name + " --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << service.name + ": " + error.what() + '\n';
        return boundary_failure;
    }
}
