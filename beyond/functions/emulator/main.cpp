// A cloud on this machine: runs functions and lets them be invoked.

#include <atomic>
#include <csignal>
#include <stdexcept>
#include <thread>

#include "arguments.hpp"
#include "invoke_api.hpp"
#include "service/stop_signals.hpp"
#include "shell.hpp"
#include "standard_streams.hpp"
#include "values.hpp"

namespace {

using namespace std::chrono_literals;

const std::string_view usage = R"(Usage: emulator [options] NAME=PATH ...

Offers each function under its NAME: POST /2015-03-31/functions/NAME/invocations.
PATH is an executable, or a zip with an executable "bootstrap" in it; those for
arm64 run under qemu. The first line of the output is the address.

      --listen HOST:PORT  where to listen (127.0.0.1:9001; port 0: any that is free)
      --timeout MS        time limit for each invocation (3000)
      --watch             load a function again when its file changes
  -q, --quiet             no story on stderr (the functions' logs still appear)
  -h, --help              print this help and exit
      --version           print the version and exit
)";

struct Options : ShellOptions {
    std::string host = "127.0.0.1";
    int port = 9001;
    std::chrono::milliseconds timeout = 3s;
    bool watch = false;
    std::map<std::string, std::string> functions;
};

void take_listen(Options& options, const std::string& text) {
    const std::size_t colon = text.rfind(':');
    const auto port = parse_value(colon == std::string::npos ? "" : text.substr(colon + 1));
    if (!port || *port < 0 || *port > 65535 || colon == 0) {
        throw std::invalid_argument("option '--listen' needs HOST:PORT, as in 127.0.0.1:9001");
    }
    options.host = text.substr(0, colon);
    options.port = *port;
}

void take_function(Options& options, std::string_view text) {
    const std::size_t equals = text.find('=');
    if (text.starts_with('-') || equals == std::string_view::npos || equals == 0 ||
        text.find_first_of("/:") < equals) {
        throw std::invalid_argument(quote(text) + " is neither an option nor NAME=PATH");
    }
    options.functions[std::string(text.substr(0, equals))] = text.substr(equals + 1);
}

Options parse(std::span<const char* const> given) {
    Options options;
    for (Arguments arguments(given); arguments.next();) {
        if (arguments.is("--listen")) {
            take_listen(options, arguments.text());
        } else if (arguments.is("--timeout")) {
            options.timeout = arguments.milliseconds();
        } else if (arguments.is("--watch")) {
            options.watch = true;
        } else if (!options.take(arguments.current())) {
            take_function(options, arguments.current());
        }
    }
    if (options.functions.empty() && !options.help && !options.version) {
        throw std::invalid_argument("there is no function to run");
    }
    return options;
}

void prepare(httplib::Server& server) {
    server.set_tcp_nodelay(true);
    server.new_task_queue = [] { return new httplib::ThreadPool(64); };
    server.set_keep_alive_max_count(1'000'000);
    server.set_keep_alive_timeout(2);  // seconds; an idle connection holds a thread
    server.set_read_timeout(5s);
    server.set_socket_options([](socket_t socket) {  // not SO_REUSEPORT: two would share the port
        const int yes = 1;
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
}

int run(std::span<const char* const> arguments) {
    const Options options = parse(arguments);
    if (told_about(options, "emulator 1.0.0", usage)) {
        return success;
    }
    const StopSignals stop;
    Functions functions;
    for (const auto& [name, path] : options.functions) {
        functions[name] = std::make_unique<Function>(name, path, options.timeout);
    }
    InvokeApi api(functions);
    httplib::Server server;
    prepare(server);
    api.add_to(server);
    const int port = options.port == 0 ? server.bind_to_any_port(options.host)
                     : server.bind_to_port(options.host, options.port) ? options.port
                                                                       : -1;
    if (port < 0) {
        throw std::runtime_error("cannot listen on " + options.host + ":" +
                                 std::to_string(options.port) +
                                 "; is the port taken? Name another with --listen");
    }
    std::atomic<bool> served = false;
    std::thread listening([&] {
        server.listen_after_bind();
        served = true;
    });
    while (!server.is_running() && !served) {  // before that, stop() does nothing
        std::this_thread::sleep_for(1ms);
    }
    print("http://" + options.host + ":" + std::to_string(port) + "\n");
    while (!stop.wait(-1, options.watch ? 200ms : -1ms)) {
        for (const auto& [name, function] : functions) {
            function->reload_if_changed();
        }
    }
    server.stop();
    listening.join();
    return success;
}

}  // namespace

int main(int argc, char* argv[]) {
    occupy_standard_streams();
    return run_program("emulator", [&] { return run({argv + 1, argv + argc}); });
}
