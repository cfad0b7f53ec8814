#include "child_process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "boost_process.hpp"

namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto time_to_finish = 1s;

struct Pipe {
    FileDescriptor read_end;
    FileDescriptor write_end;

    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
        }
        read_end = FileDescriptor(ends[0]);
        write_end = FileDescriptor(ends[1]);
    }
};

// tag::prepare_child[]
// Runs in the child, between fork and exec.
void prepare_child() {
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);  // the child must not have them
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGPIPE, SIG_DFL);  // this program ignores it, and exec would keep that
}
// end::prepare_child[]

void make_nonblocking(int descriptor) {
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

// tag::wait_for[]
// Waits until the descriptor can be read or written, or will never be. Returns false at the
// deadline, even if there is always something to read.
bool wait_for(int descriptor, short events, Deadline deadline) {
    for (auto now = steady_clock::now(); now < deadline; now = steady_clock::now()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now);
        pollfd waited{descriptor, events, 0};
        const int ready = poll(&waited, 1, static_cast<int>(left.count()));
        if (ready > 0) {
            return true;
        }
        if (ready < 0 && errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "cannot wait for the child");
        }
    }
    return false;
}
// end::wait_for[]

std::string how_it_ended(int status) {
    return WIFSIGNALED(status) ? "was killed by signal " + std::to_string(WTERMSIG(status))
                               : "ended with exit status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

struct ChildProcess::Process {
    explicit Process(boost_process::child started)
        : child(std::move(started)), end(static_cast<int>(syscall(SYS_pidfd_open, child.id(), 0))) {
        if (end.get() < 0) {
            throw std::system_error(errno, std::generic_category(), "cannot watch the child");
        }
    }

    boost_process::child child;
    FileDescriptor end;  // can be read once the child has ended
};

ChildProcess::ChildProcess(const std::filesystem::path& program,
                           const std::vector<std::string>& arguments)
    : lines_(-1) {
    Pipe input;
    Pipe output;
    namespace posix = boost_process::posix;
    process_ = std::make_unique<Process>(boost_process::child(
        program.string(), boost_process::args(arguments),
        posix::fd.bind(STDIN_FILENO, input.read_end.get()),
        posix::fd.bind(STDOUT_FILENO, output.write_end.get()),
        boost_process::extend::on_exec_setup = [](auto&) { prepare_child(); }));
    to_child_ = std::move(input.write_end);
    from_child_ = std::move(output.read_end);
    make_nonblocking(to_child_.get());
    make_nonblocking(from_child_.get());
    lines_ = protocol::LineReader(from_child_.get());
}

ChildProcess::~ChildProcess() {
    to_child_.reset();
    try {
        if (has_ended(steady_clock::now() + time_to_finish)) {
            return;
        }
    } catch (const std::exception&) {  // it cannot be waited for
    }
    kill();
}

int ChildProcess::pid() const {
    return process_->child.id();
}

void ChildProcess::send_line(std::string line, Deadline deadline) {
    line += '\n';
    for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t count = write(to_child_.get(), line.data() + sent, line.size() - sent);
        if (count >= 0) {
            sent += static_cast<std::size_t>(count);
        } else if (errno == EPIPE) {
            fail_closed();
        } else if (errno != EAGAIN && errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "cannot write to it");
        } else if (!wait_for(to_child_.get(), POLLOUT, deadline)) {
            throw std::runtime_error("did not take the request in time");
        }
    }
}

std::string ChildProcess::receive_line(Deadline deadline) {
    for (;;) {
        if (auto line = lines_.take()) {
            return *line;
        }
        if (!wait_for(from_child_.get(), POLLIN, deadline)) {
            throw std::runtime_error("did not answer in time");
        }
        if (!lines_.fill()) {
            fail_closed();
        }
    }
}

void ChildProcess::kill() {
    std::error_code ignored;  // it may have ended by itself just now
    process_->child.terminate(ignored);
}

// The child no longer reads or writes: usually it has ended, or is about to.
void ChildProcess::fail_closed() {
    if (has_ended(steady_clock::now() + 100ms)) {
        throw std::runtime_error(how_it_ended(process_->child.native_exit_code()));
    }
    throw std::runtime_error("closed its end");
}

bool ChildProcess::has_ended(Deadline deadline) {
    if (!wait_for(process_->end.get(), POLLIN, deadline)) {
        return false;
    }
    std::error_code ignored;
    process_->child.wait(ignored);  // reaps it
    return true;
}
