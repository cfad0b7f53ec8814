#include "service/service_options.hpp"

#include <stdexcept>

#include "arguments.hpp"
#include "number_option.hpp"
#include "shell.hpp"
#include "values.hpp"

namespace {

constexpr std::string_view common_usage =
    R"(      --delay MS         pretend that each call takes so long (SERVICE_DELAY; 0)
  -q, --quiet            no story on stderr (errors still appear)
  -h, --help             print this help and exit
      --version          print the component's version and exit
)";

}  // namespace

ServiceOptions parse_service_arguments(const Service& service, std::string_view usage,
                                       std::vector<std::string> arguments) {
    ServiceOptions options;
    options.delay = std::chrono::milliseconds(
        take_number(arguments, "--delay", setting("", "SERVICE_DELAY", "0"), 0, 3'600'000));
    for (const std::string& argument : arguments) {
        if (argument == "-q" || argument == "--quiet") {
            options.quiet = true;
        } else if (argument == "-h" || argument == "--help") {
            print("Usage: " + service.name + " [options]\n\n" + std::string(usage) +
                  std::string(common_usage));
            options.told = true;
        } else if (argument == "--version") {
            print(service.name + ' ' + service.version + '\n');
            options.told = true;
        } else {
            throw std::invalid_argument("unknown argument " + quote(argument));
        }
    }
    return options;
}
