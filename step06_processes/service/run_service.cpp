#include "service/run_service.hpp"

#include <unistd.h>

#include <exception>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "protocol/envelope.hpp"
#include "service/service_options.hpp"
#include "shell.hpp"
#include "story.hpp"

namespace {

constexpr const char* usage = R"(Answers requests in JSON, one on each line of standard input.

)";

// tag::serve[]
// A filter, like sort or sed: it ends when its input ends.
void serve(const Service& service, const ServiceOptions& options) {
    std::ios::sync_with_stdio(false);  // else it reads character by character
    const Story story(options.quiet);
    const std::string title = service.name + " (pid " + std::to_string(getpid()) + ")";
    story.tell(title + ": version " + service.version + ", one JSON request per line");

    const auto handle = [&](const std::string& operation, const protocol::Json& params) {
        if (operation == "version") {
            return protocol::Json(protocol::Version{service.version});
        }
        const auto found = service.operations.find(operation);
        if (found == service.operations.end()) {
            throw protocol::MalformedMessage(service.name + " has no such operation");
        }
        std::this_thread::sleep_for(options.delay);
        return found->second(params);
    };
    int answered = 0;
    for (std::string line; std::getline(std::cin, line); ++answered) {
        print(protocol::answer(line, handle) + '\n');
    }
    story.tell(title + ": ends after " + std::to_string(answered) + " answers");
}
// end::serve[]

}  // namespace

int run_service(const Service& service, const std::vector<std::string>& arguments) {
    try {
        const ServiceOptions options = parse_service_arguments(service, usage, arguments);
        if (!options.told) {
            serve(service, options);
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
