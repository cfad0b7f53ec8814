#include "process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>
#include <system_error>
#include <utility>

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t longest_log = 4096;  // as in X-Amz-Log-Result
constexpr std::size_t pipe_size = 65536;

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (const std::string& text : texts) {
        result.push_back(const_cast<char*>(text.c_str()));  // NOLINT: execvpe changes none
    }
    result.push_back(nullptr);
    return result;
}

// tag::become[]
// In the child. The emulator has one thread, which is the one that the kernel watches for
// PDEATHSIG.
[[noreturn]] void become(const Program& program, const std::vector<std::string>& environment,
                         int output) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a function never outlives the emulator
    setpgid(0, 0);                     // and what it starts never outlives the function
    std::signal(SIGPIPE, SIG_DFL);
    const int null = open("/dev/null", O_RDONLY);
    if (dup2(null, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
        dup2(output, STDERR_FILENO) >= 0 && close_range(STDERR_FILENO + 1, ~0U, 0) == 0 &&
        chdir(program.directory.c_str()) == 0) {
        execvpe(program.arguments[0].c_str(), pointers(program.arguments).data(),
                pointers(environment).data());
    }
    constexpr std::string_view text = "cannot be started\n";
    [[maybe_unused]] const auto ignored = write(STDERR_FILENO, text.data(), text.size());
    _exit(127);
}
// end::become[]

std::string reason_of(int status) {
    return WIFSIGNALED(status) ? std::string("signal: ") + strsignal(WTERMSIG(status))
                               : "exit status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

Children::Children(asio::io_context& context) : signals_(context, SIGCHLD) {
    wait();
}

void Children::wait() {
    signals_.async_wait([this](error_code error, int) {
        if (error) {
            return;
        }
        for (auto child = watched_.begin(); child != watched_.end();) {
            int status = 0;
            if (waitpid(child->first, &status, WNOHANG) == child->first) {
                const Ended ended = std::move(child->second);
                child = watched_.erase(child);
                ended(status);
            } else {
                ++child;
            }
        }
        wait();
    });
}

Process::Process(asio::io_context& context, std::string name, const Program& program,
                 const std::vector<std::string>& environment)
    : name_(std::move(name)), output_(context) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    }
    output_.assign(ends[0]);
    output_.non_blocking(true);
    const asio::posix::stream_descriptor written(context, ends[1]);  // closes it
    pid_ = fork();
    if (pid_ == 0) {
        become(program, environment, ends[1]);
    }
    if (pid_ < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot start a process");
    }
    setpgid(pid_, pid_);  // in parent and child: either may come first
}

Process::~Process() {
    if (pid_ > 0) {
        kill();
        while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {  // another child has ended
        }
    }
}

void Process::watch(Children& children, std::function<void(const std::string& reason)> ended) {
    listen();
    children.watch(pid_, [weak = weak_from_this(), ended = std::move(ended)](int status) {
        if (const auto self = weak.lock()) {
            ::kill(-self->pid_, SIGKILL);  // what it started
            self->pid_ = 0;
            self->drain();
            self->pass_on(self->line_.empty() ? "" : "\n");
            ended(reason_of(status));
        }
    });
}

void Process::kill() const {
    if (pid_ > 0) {
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);  // if it went into another group
    }
}

std::string Process::take_log() {
    drain();
    return std::exchange(log_, {});
}

void Process::listen() {
    output_.async_wait(asio::posix::stream_descriptor::wait_read,
                       [weak = weak_from_this()](error_code error) {
                           const auto self = weak.lock();
                           if (!error && self && self->drain()) {
                               self->listen();
                           }
                       });
}

// tag::drain[]
// Passes on what the pipe holds now, and no more: a process may write faster than anyone reads.
// Returns false at the end.
bool Process::drain() {
    std::array<char, pipe_size> chunk;
    error_code error;
    const std::size_t count = output_.read_some(asio::buffer(chunk), error);
    pass_on({chunk.data(), count});
    return !error || error == asio::error::would_block;
}
// end::drain[]

void Process::pass_on(std::string_view text) {
    log_ += text;
    log_.erase(0, log_.size() - std::min(log_.size(), longest_log));
    std::string lines;
    for (const char letter : text) {
        if (letter != '\n') {
            line_ += letter;
        }
        if (letter == '\n' || line_.size() == longest_log) {
            lines += name_ + ": " + line_ + '\n';
            line_.clear();
        }
    }
    std::cerr << lines;
}
