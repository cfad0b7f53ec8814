#include "shell.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <stdexcept>
#include <system_error>

namespace {

// Returns false, and leaves the reason in errno, if the rest cannot be written.
bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = write(descriptor, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) {
            wait_until_ready(descriptor, POLLOUT);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

}  // namespace

bool ShellOptions::take(std::string_view argument) {
    if (argument == "-q" || argument == "--quiet") {
        quiet = true;
    } else if (argument == "-h" || argument == "--help") {
        help = true;
    } else if (argument == "--version") {
        version = true;
    } else {
        return false;
    }
    return true;
}

void print(std::string_view text) {
    if (!write_all(STDOUT_FILENO, text)) {
        throw std::system_error(
            errno, std::generic_category(),
            "cannot write to standard output (is the disk full, or did its reader end?)");
    }
}

void print_error(std::string line) {
    write_all(STDERR_FILENO, line += '\n');  // where this fails there is nobody to tell
}

void wait_until_ready(int descriptor, short events) {
    pollfd waited{descriptor, events, 0};
    poll(&waited, 1, -1);  // interrupted: the caller tries, and comes back
}

bool told_about(const ShellOptions& options, std::string_view program, std::string_view help) {
    if (options.help) {
        print(help);
    } else if (options.version) {
        print(std::string(program) + '\n');
    }
    return options.help || options.version;
}

// tag::run_program[]
int run_program(const std::string& name, const std::function<int()>& body) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    try {
        return body();
    } catch (const std::invalid_argument& error) {
        print_error(name + ": " + error.what() + "; try '" + name + " --help'");
        return usage_failure;
    } catch (const std::exception& error) {
        print_error(name + ": " + error.what());
        return boundary_failure;
    }
}
// end::run_program[]
