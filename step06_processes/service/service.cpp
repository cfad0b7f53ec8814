#include "service/service.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <variant>

#include "protocol/line_reader.hpp"
#include "service/options.hpp"

namespace {

using protocol::Error;

// SIGTERM and SIGINT as something to wait for, so that they never meet a request in hand.
class StopSignals {
public:
    StopSignals() {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGTERM);
        sigaddset(&signals, SIGINT);
        sigprocmask(SIG_BLOCK, &signals, nullptr);
        descriptor_ = signalfd(-1, &signals, SFD_CLOEXEC);
        if (descriptor_ < 0) {
            throw std::system_error(errno, std::generic_category(), "cannot wait for signals");
        }
    }
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    ~StopSignals() { close(descriptor_); }

    // Waits until there is something to read. Returns false if a signal came.
    bool wait_for(int input) const {
        std::array<pollfd, 2> waited{{{input, POLLIN, 0}, {descriptor_, POLLIN, 0}}};
        while (poll(waited.data(), waited.size(), -1) < 0) {
            if (errno != EINTR) {
                throw std::system_error(errno, std::generic_category(), "cannot wait for input");
            }
        }
        return waited[1].revents == 0;
    }

private:
    int descriptor_ = -1;
};

void write_line(std::string line) {
    line += '\n';
    for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t count = write(STDOUT_FILENO, line.data() + sent, line.size() - sent);
        if (count < 0 && errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "cannot write the answer");
        }
        sent += count < 0 ? 0 : static_cast<std::size_t>(count);
    }
}

protocol::Reply reply_to(const Service& service, const protocol::Request& request) {
    if (std::holds_alternative<protocol::VersionRequest>(request)) {
        return protocol::VersionReply{service.version};
    }
    try {
        return service.answer(request);
    } catch (const std::domain_error& error) {
        return Error{Error::Kind::domain, error.what()};
    } catch (const std::exception& error) {
        return Error{Error::Kind::internal, error.what()};
    }
}

std::string answer_line(const Service& service, std::string_view line) {
    const protocol::ReceivedRequest received = protocol::decode_request(line);
    if (const auto* error = std::get_if<Error>(&received.content)) {
        return protocol::encode(received.id, *error);
    }
    return protocol::encode(received.id,
                            reply_to(service, std::get<protocol::Request>(received.content)));
}

void serve(const Service& service, std::chrono::milliseconds delay, std::ostream& story) {
    const std::string name = service.name + " (pid " + std::to_string(getpid()) + ")";
    story << name + ": version " + service.version + ", one JSON request per line\n";

    const StopSignals signals;
    protocol::LineReader lines(STDIN_FILENO);
    std::uint64_t answered = 0;
    do {
        while (const auto line = lines.take()) {
            std::this_thread::sleep_for(delay);
            write_line(answer_line(service, *line));
            ++answered;
        }
    } while (signals.wait_for(STDIN_FILENO) && lines.fill());

    story << name + ": ends after " + std::to_string(answered) + " answers\n";
}

}  // namespace

int run_service(const Service& service, std::span<char* const> arguments) {
    try {
        const ServiceOptions options = parse_service_arguments(arguments);
        if (options.help) {
            std::cout << "Usage: " << service.name << " [options]\n" << service_usage;
        } else if (options.version) {
            std::cout << service.name << ' ' << service.version << '\n';
        } else {
            std::ostream story(options.quiet ? nullptr : std::cerr.rdbuf());
            story << std::unitbuf;  // like std::cerr
            serve(service, options.delay, story);
        }
        return 0;
    } catch (const std::invalid_argument& error) {
        std::cerr << service.name << ": " << error.what() << "; try '" << service.name
                  << " --help'\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << service.name << ": " << error.what() << '\n';
        return 3;
    }
}
