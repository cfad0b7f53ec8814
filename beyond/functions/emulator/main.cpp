// A cloud on this machine: runs functions and lets them be invoked.

#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "endpoint.hpp"
#include "invoke_api.hpp"
#include "number_option.hpp"
#include "shell.hpp"
#include "values.hpp"

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr const char* usage = R"(Usage: emulator [options] NAME=PATH ...

Offers each function under its NAME: POST /2015-03-31/functions/NAME/invocations.
PATH is an executable, or a zip with an executable "bootstrap" in it; those for
arm64 run under qemu. The first line of the output is the address.

      --listen HOST:PORT  where to listen, HOST in digits (127.0.0.1:9001; port 0: any)
      --timeout MS        time limit for each invocation (3000)
      --watch             load a function again when its file changes
  -q, --quiet             no story on stderr (the functions' logs still appear)
  -h, --help              print this help and exit
      --version           print the version and exit
)";

struct Options {
    Endpoint listen;
    std::chrono::milliseconds timeout{};
    bool watch = false;
    bool quiet = false;
    std::string told;  // all that it is asked to say, and to do nothing
    std::map<std::string, std::string> functions;
};

Options parse(std::vector<std::string> arguments) {
    Options options;
    const std::string listen = take_option(arguments, "--listen");
    options.listen = parse_endpoint(listen.empty() ? "127.0.0.1:9001" : listen);
    options.timeout =
        std::chrono::milliseconds(take_number(arguments, "--timeout", "3000", 1, 3'600'000));
    for (const std::string& argument : arguments) {
        const std::size_t equals = argument.find('=');
        if (argument == "--watch") {
            options.watch = true;
        } else if (argument == "-q" || argument == "--quiet") {
            options.quiet = true;
        } else if (argument == "-h" || argument == "--help") {
            options.told = usage;
        } else if (argument == "--version") {
            options.told = "emulator 1.0.0\n";
        } else if (argument.starts_with('-') || equals == std::string::npos || equals == 0 ||
                   argument.find_first_of("/:") < equals) {
            throw std::invalid_argument(quote(argument) + " is neither an option nor NAME=PATH");
        } else {
            options.functions[argument.substr(0, equals)] = argument.substr(equals + 1);
        }
    }
    if (options.functions.empty() && options.told.empty()) {
        throw std::invalid_argument("there is no function to run");
    }
    return options;
}

std::string to_string(const Endpoint& endpoint) {
    std::ostringstream text;
    text << endpoint;
    return text.str();
}

// One thread runs it all.
class Emulator {
public:
    explicit Emulator(const Options& options) : options_(options) {
        for (const auto& [name, path] : options.functions) {
            functions_[name] =
                std::make_unique<Function>(context_, children_, name, path, options.timeout);
        }
    }
    Emulator(const Emulator&) = delete;
    Emulator& operator=(const Emulator&) = delete;
    ~Emulator() = default;

    int run() {
        server_ = listen();
        server_->begin();
        print("http://" + to_string(server_->address()) + '\n');
        await_signal();
        look_around();
        context_.run();
        return status_;
    }

private:
    std::shared_ptr<HttpServer> listen() {
        try {
            return std::make_shared<HttpServer>(
                context_, options_.listen, [this](const HttpRequest& request, const Reply& reply) {
                    handle_call(functions_, request, reply);
                });
        } catch (const boost::system::system_error& error) {
            throw std::runtime_error("cannot listen on " + to_string(options_.listen) + ": " +
                                     error.code().message() + "; name another with --listen");
        }
    }

    std::size_t in_progress() const {
        std::size_t count = 0;
        for (const auto& [name, function] : functions_) {
            count += function->in_progress();
        }
        return std::max(count, server_->in_progress());
    }

    // tag::end[]
    void await_signal() {
        signals_.async_wait([this](boost::system::error_code, int signal) {
            if (std::exchange(ending_, true)) {
                status_ = 128 + signal;
                return context_.stop();
            }
            server_->stop();
            std::size_t forgotten = 0;
            for (const auto& [name, function] : functions_) {
                forgotten += function->drop_waiting();
            }
            if (in_progress() > 0 || forgotten > 0) {
                std::cerr << "emulator: ends after " + std::to_string(in_progress()) +
                                 " invocations in progress, without " + std::to_string(forgotten) +
                                 " events that wait; the next signal ends it at once\n";
            }
            await_signal();
            look_around();
        });
    }

    void look_around() {
        if (ending_ && in_progress() == 0) {
            return context_.stop();
        }
        for (const auto& [name, function] : functions_) {
            if (options_.watch && function->reload_if_changed() && !options_.quiet) {
                std::cerr << "emulator: " + name + " has changed, and is loaded again\n";
            }
        }
        if (ending_ || options_.watch) {
            timer_.expires_after(ending_ ? 20ms : 200ms);
            timer_.async_wait([this](boost::system::error_code error) {
                if (!error) {
                    look_around();
                }
            });
        }
    }
    // end::end[]

    Options options_;
    asio::io_context context_{1};
    Children children_{context_};
    asio::signal_set signals_{context_, SIGINT, SIGTERM};
    asio::steady_timer timer_{context_};
    bool ending_ = false;
    int status_ = success;
    Functions functions_;
    std::shared_ptr<HttpServer> server_;
};

int run(const std::vector<std::string>& arguments) {
    const Options options = parse(arguments);
    if (!options.told.empty()) {
        print(options.told);
        return success;
    }
    return Emulator(options).run();
}

}  // namespace

int main(int argc, char* argv[]) {
    std::signal(SIGPIPE, SIG_IGN);  // a caller that went away is an error of that connection
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::invalid_argument& error) {
        std::cerr << "emulator: " + std::string(error.what()) + "; try 'emulator --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << "emulator: " + std::string(error.what()) + '\n';
        return boundary_failure;
    }
}
