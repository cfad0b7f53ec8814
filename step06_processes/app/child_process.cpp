#include "child_process.hpp"

#include <linux/close_range.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <thread>

#include "boost_process.hpp"

namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t longest_line = 65536;

// tag::wait_readable[]
// Waits until there is something to read, or the end; returns false if that takes too long.
bool wait_readable(int descriptor, steady_clock::time_point deadline) {
    pollfd waited{descriptor, POLLIN, 0};
    int ready = -1;
    do {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
        ready = poll(&waited, 1, static_cast<int>(std::max(left, 0ms).count()));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}
// end::wait_readable[]

// tag::prepare_child[]
// Runs in the child, between fork and exec.
void prepare_child() {
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);  // the other child's pipes are among them
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGPIPE, SIG_DFL);  // this program ignores it, and exec would keep that
}
// end::prepare_child[]

}  // namespace

struct ChildProcess::Process {
    boost_process::pipe input;
    boost_process::pipe output;
    boost_process::child child;

    Process(const std::string& program, const std::vector<std::string>& arguments)
        : child(
              program, boost_process::args(arguments),
              boost_process::std_in<input, boost_process::std_out> output,
              boost_process::extend::on_exec_setup = [](auto&) { prepare_child(); }) {}
};

ChildProcess::ChildProcess(const std::string& program, const std::vector<std::string>& arguments)
    : process_(std::make_unique<Process>(program, arguments)) {}

ChildProcess::~ChildProcess() {
    process_->input.close();
    wait_readable(process_->output.native_source(), steady_clock::now() + 1s);  // its end
    kill();
}

int ChildProcess::pid() const {
    return process_->child.id();
}

void ChildProcess::send_line(const std::string& line) {
    const std::string text = line + '\n';
    try {
        process_->input.write(text.data(), static_cast<int>(text.size()));
    } catch (const std::system_error&) {
        fail_closed();
    }
}

std::string ChildProcess::receive_line(std::chrono::milliseconds limit) {
    const auto deadline = steady_clock::now() + limit;
    std::size_t end = 0;
    while ((end = received_.find('\n')) == std::string::npos) {
        if (received_.size() > longest_line) {
            throw std::runtime_error("sent a line that is too long");
        }
        if (!wait_readable(process_->output.native_source(), deadline)) {
            kill();  // what hangs would not end when its input ends
            throw std::runtime_error("did not answer in time");
        }
        std::array<char, 4096> buffer;
        const int count = process_->output.read(buffer.data(), buffer.size());
        if (count == 0) {
            fail_closed();
        }
        received_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    std::string line = received_.substr(0, end);
    received_.erase(0, end + 1);
    return line;
}

void ChildProcess::kill() {
    std::error_code ignored;  // it may have ended by itself
    process_->child.terminate(ignored);
}

// The child no longer reads or writes: usually it has ended, or is about to.
void ChildProcess::fail_closed() {
    for (int i = 0; i < 100 && process_->child.running(); ++i) {
        std::this_thread::sleep_for(1ms);
    }
    if (process_->child.running()) {
        throw std::runtime_error("closed its end");
    }
    const int status = process_->child.native_exit_code();
    throw std::runtime_error(WIFSIGNALED(status)
                                 ? "was killed by signal " + std::to_string(WTERMSIG(status))
                                 : "ended with exit status " + std::to_string(WEXITSTATUS(status)));
}
