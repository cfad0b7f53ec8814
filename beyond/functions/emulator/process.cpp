#include "process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "shell.hpp"

namespace {

constexpr std::size_t longest_log = 4096;  // as in X-Amz-Log-Result

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (const std::string& text : texts) {
        result.push_back(const_cast<char*>(text.c_str()));  // NOLINT: execvpe changes none
    }
    result.push_back(nullptr);
    return result;
}

// In the child, between fork and exec, where little is allowed.
[[noreturn]] void become(const char* directory, char* const* arguments, char* const* environment,
                         int output) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a function never outlives the emulator
    setpgid(0, 0);                     // and what it starts never outlives the function
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
    const int null = open("/dev/null", O_RDONLY);
    if (dup2(null, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
        dup2(output, STDERR_FILENO) >= 0 && chdir(directory) == 0) {
        execvpe(arguments[0], arguments, environment);
    }
    constexpr std::string_view text = "cannot be started\n";
    [[maybe_unused]] const auto ignored = write(output, text.data(), text.size());
    _exit(127);
}

std::string reason_of(int status) {
    return WIFSIGNALED(status) ? std::string("signal: ") + strsignal(WTERMSIG(status))
                               : "exit status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

Process::Process(std::string name, const Program& program, std::vector<std::string> environment,
                 Ended ended)
    : name_(std::move(name)),
      thread_([this, program, environment = std::move(environment), ended = std::move(ended)] {
          run(program, environment, ended);
      }) {}

Process::~Process() {
    kill();
    thread_.join();
}

void Process::kill() {
    const std::lock_guard lock(mutex_);
    killed_ = true;
    if (pid_ > 0) {
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);  // if it has no group of its own yet
    }
}

std::string Process::log() {
    const std::lock_guard lock(mutex_);
    drain();
    return log_;
}

void Process::clear_log() {
    const std::lock_guard lock(mutex_);
    drain();
    log_.clear();
}

// This thread starts the process and lives as long: the kernel ends a process with the *thread*
// that it asked to be ended with.
void Process::run(const Program& program, const std::vector<std::string>& environment,
                  const Ended& ended) {
    const std::vector<char*> arguments = pointers(program.arguments);
    const std::vector<char*> variables = pointers(environment);
    std::array<int, 2> pipe_ends{-1, -1};
    int pidfd = -1;
    {
        const std::lock_guard lock(mutex_);
        if (killed_ || pipe2(pipe_ends.data(), O_CLOEXEC) != 0) {
            return ended("not started");
        }
        output_ = pipe_ends[0];
        fcntl(output_, F_SETFL, O_NONBLOCK);
        pid_ = fork();
        if (pid_ == 0) {
            become(program.directory.c_str(), arguments.data(), variables.data(), pipe_ends[1]);
        }
        close(pipe_ends[1]);
        if (pid_ > 0) {
            setpgid(pid_, pid_);
            // glibc 2.36 declares pidfd_open() for C only
            pidfd = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
        }
    }
    ended(pidfd < 0 ? "cannot be started" : wait(pidfd));
}

// Passes on what it writes until it ends, and returns how.
std::string Process::wait(int pidfd) {
    std::array<pollfd, 2> waited{{{pidfd, POLLIN, 0}, {output_, POLLIN, 0}}};
    while (waited[0].revents == 0) {
        poll(waited.data(), waited.size(), -1);
        if (waited[1].revents != 0) {
            const std::lock_guard lock(mutex_);
            if (!drain()) {
                waited[1].fd = -1;  // it closed its output, and goes on
            }
        }
    }
    close(pidfd);
    const std::lock_guard lock(mutex_);
    drain();
    ::kill(-pid_, SIGKILL);  // what it started
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = 0;
    close(std::exchange(output_, -1));
    return reason_of(status);
}

// Reads what is there, and returns false at the end.
bool Process::drain() {
    std::array<char, 4096> chunk;
    for (ssize_t count = 1; output_ >= 0;) {
        count = read(output_, chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return count < 0;
        }
        pass_on({chunk.data(), static_cast<std::size_t>(count)});
    }
    return false;
}

void Process::pass_on(std::string_view text) {
    log_ += text;
    log_.erase(0, log_.size() - std::min(log_.size(), longest_log));
    for (const char letter : text) {
        if (letter != '\n') {
            line_ += letter;
        }
        if (letter == '\n' || line_.size() == longest_log) {
            print_error(name_ + ": " + line_);
            line_.clear();
        }
    }
}
