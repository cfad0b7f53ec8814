// HTTP as an entry point: serves until a SIGTERM or SIGINT arrives.

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <exception>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "core/parse_value.hpp"
#include "server.hpp"

namespace {

constexpr std::string_view usage = R"(Usage: value-http [--listen HOST:PORT]

Answers GET /value/42 and POST /value {"input":42} with what became of the value, as JSON.
Prints where it listens, http://127.0.0.1:PORT.

      --listen HOST:PORT   port 0: any that is free (127.0.0.1:0); IPv6 in brackets: [::1]:0
  -h, --help               print this help and exit
)";

struct Options {
    bool help = false;
    std::string host = "127.0.0.1";  // an IPv6 address without its brackets
    int port = 0;
};

// "[::1]:8080" or "127.0.0.1:8080". Throws std::invalid_argument.
void parse_address(std::string_view address, Options& options) {
    const std::size_t colon = std::min(address.rfind(':'), address.size());
    const auto port = parse_value(address.substr(std::min(colon + 1, address.size())));
    std::string_view host = address.substr(0, colon);
    const bool in_brackets = host.starts_with('[') && host.ends_with(']');
    if (in_brackets) {
        host = host.substr(1, host.size() - 2);
    }
    if (host.empty() || (host.find(':') != host.npos) != in_brackets || !port || *port < 0 ||
        *port > 65535) {
        throw std::invalid_argument(
            "--listen needs HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080");
    }
    options.host = host;
    options.port = *port;
}

std::string shown(const Options& options, int port) {
    const bool ipv6 = options.host.find(':') != options.host.npos;
    return (ipv6 ? '[' + options.host + ']' : options.host) + ':' + std::to_string(port);
}

Options parse_arguments(std::span<char* const> arguments) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "-h" || argument == "--help") {
            options.help = true;
        } else if (argument == "--listen" && i + 1 < arguments.size()) {
            parse_address(arguments[++i], options);
        } else {
            throw std::invalid_argument("unknown argument '" + std::string(argument) + "'");
        }
    }
    return options;
}

// Binds, and returns the port. Throws std::runtime_error if the address is not free.
int bind(httplib::Server& server, const Options& options) {
    server.set_socket_options([](int socket) {
        const int yes = 1;  // and not SO_REUSEPORT, the default: two servers would share the port
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    errno = 0;
    const int port = options.port == 0 ? server.bind_to_any_port(options.host)
                     : server.bind_to_port(options.host, options.port) ? options.port
                                                                       : -1;
    if (port < 0) {
        const char* reason = errno == 0 ? "this host is not known" : std::strerror(errno);
        throw std::runtime_error("cannot listen on " + shown(options, options.port) + ": " +
                                 reason + "; name another address with --listen");
    }
    return port;
}

void say(const std::string& text) {
    std::cout << text << std::flush;
    if (!std::cout) {
        throw std::runtime_error("cannot write to standard output: disk full, or reader gone?");
    }
}

// tag::serve[]
void serve(const Options& options) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // for all threads to come: sigwait() takes them

    httplib::Server server;
    configure(server);
    const int port = bind(server, options);
    say("http://" + shown(options, port) + '\n');  // for the program that started it

    std::atomic<bool> ended = false;
    bool ended_well = false;
    std::thread listening([&] {
        ended_well = server.listen_after_bind();
        ended = true;
        kill(getpid(), SIGTERM);  // wakes the sigwait() below if no signal ended this
    });
    int signal = 0;
    sigwait(&signals, &signal);
    while (!server.is_running() && !ended) {
        std::this_thread::sleep_for(
            std::chrono::milliseconds(1));  // before that, stop() does nothing
    }
    server.stop();
    listening.join();
    if (!ended_well) {
        throw std::runtime_error("cannot accept connections any more");
    }
}
// end::serve[]

}  // namespace

int main(int argc, char* argv[]) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    try {
        const Options options = parse_arguments({argv + 1, argv + argc});
        if (options.help) {
            say(std::string(usage));
        } else {
            serve(options);
        }
        return 0;
    } catch (const std::invalid_argument& error) {
        std::cerr << "value-http: " << error.what() << "; try 'value-http --help'\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "value-http: " << error.what() << '\n';
        return 3;
    }
}
