#include "service/run_service.hpp"

#include <exception>
#include <iostream>
#include <stdexcept>

#include "service/service_options.hpp"
#include "service/subject_server.hpp"
#include "shell.hpp"

namespace {

constexpr const char* usage = R"(Answers requests that come as messages through a NATS broker.

      --nats URL[,URL]   the broker (NATS_URL; nats://127.0.0.1:4222), or those of a cluster; with
                         name and password as nats://NAME:PASSWORD@HOST:PORT
      --tls-ca FILE      use TLS and trust the certificates that this CA signed (NATS_CA)
)";

}  // namespace

int run_service(const Service& service, const std::vector<std::string>& arguments) {
    try {
        std::vector<std::string> rest = arguments;
        const broker::Settings broker = broker::take_settings(rest);
        const ServiceOptions options = parse_service_arguments(service, usage, rest);
        if (!options.told) {
            serve_subjects(service, options, broker);
        }
        return success;
    } catch (const std::invalid_argument& error) {
        std::cerr << service.name + ": " + error.what() + "; try '" + service.name + " --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << service.name + ": " + error.what() + '\n';
        return boundary_failure;
    }
}
