#include "runner.hpp"

#include <linux/close_range.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "boost_process.hpp"
#include "build_paths.hpp"

namespace {

// Runs in the child, between fork and exec: the program finds the same, however the harness was
// started.
void prepare_child(std::size_t file_limit) {
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGCHLD}) {
        std::signal(signal, SIG_DFL);
    }
    if (file_limit != 0) {
        const rlimit limit{file_limit, file_limit};
        setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, SIG_IGN);  // it shall be an error of write
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);  // it gets 0, 1, 2 and nothing else
    prctl(PR_SET_PDEATHSIG, SIGKILL);          // and does not outlive a harness that is killed
}

void set_nonblocking(const Descriptor& descriptor) {
    fcntl(descriptor.get(), F_SETFL, O_NONBLOCK);
}

}  // namespace

struct Program::Child {
    bp::child process;
};

Program::Program(Command command)
    : name_(command.program.filename()),
      err_(memfd_create("stderr", MFD_CLOEXEC)),
      input_(std::move(command.input)),
      keep_input_open_(command.keep_input_open) {
    std::signal(SIGPIPE, SIG_IGN);  // from a program that does not read its input

    for (const std::string& argument : command.arguments) {
        name_ += ' ' + argument;
    }
    if (!command.redirections.empty() || !command.limits.empty()) {
        const std::string limit = command.limits.empty() ? "" : "ulimit " + command.limits + "; ";
        command.arguments.insert(
            command.arguments.begin(),
            {"-c", limit + R"(exec "$0" "$@" )" + command.redirections, command.program});
        command.program = "/bin/sh";
    }
    Pipe in = make_pipe();
    Pipe out = make_pipe();
    in_ = std::move(in.write);
    out_ = std::move(out.read);
    fcntl(err_.get(), F_SETFL, O_APPEND);  // its own children write there, too, at the same time
    set_nonblocking(in_);
    set_nonblocking(out_);
    if (!command.input_file.empty()) {
        in.read = open_file(command.input_file, O_RDONLY);
    }
    if (!command.output_file.empty()) {
        out.write = open_file(command.output_file, O_WRONLY);
    }
    const int err = command.errors_to_output ? out.write.get() : err_.get();

    bp::environment environment = boost::this_process::environment();
    std::istringstream variables(build_paths::variables_of_steps);
    for (std::string name; variables >> name;) {
        environment.erase(name);
    }
    for (const auto& [name, value] : command.environment) {
        environment[name] = value;
    }
    try {
        child_ = std::make_unique<Child>(Child{bp::child(
            bp::exe = command.program.string(), bp::args = command.arguments, environment,
            bp::start_dir = command.directory.string(),
            bp::posix::fd.bind(STDIN_FILENO, in.read.get()),
            bp::posix::fd.bind(STDOUT_FILENO, out.write.get()),
            bp::posix::fd.bind(STDERR_FILENO, err),
            bp::extend::on_exec_setup = [&](auto&) { prepare_child(command.file_limit); })});
    } catch (const std::system_error& error) {
        throw std::runtime_error("cannot start " + command.program.string() + ": " + error.what());
    }
    feed();
}

Program::Program(Program&& other) noexcept = default;
Program& Program::operator=(Program&& other) noexcept = default;
Program::~Program() = default;  // bp::child kills and reaps

// Feeds and drains until done; one thread does both, so neither side can block the other.
void Program::pump(std::chrono::milliseconds limit, const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline) {
            fail("gave up after " + std::to_string(limit.count()) + " ms");
        }
        const bool all_fed = fed_ == input_.size();
        std::array<pollfd, 2> ends{{
            {all_fed ? -1 : in_.get(), POLLOUT, 0},  // poll ignores negative descriptors
            {out_.get(), POLLIN, 0},
        }};
        poll(ends.data(), ends.size(), 1);  // ms; then done() is asked again
        if (ends[0].revents != 0) {
            feed();
        }
        if (ends[1].revents != 0) {
            drain();
        }
    }
}

// Writes what the pipe takes without blocking.
void Program::feed() {
    const std::string_view rest = std::string_view(input_).substr(fed_);
    const ssize_t count = rest.empty() ? 0 : write(in_.get(), rest.data(), rest.size());
    if (count > 0) {
        fed_ += static_cast<std::size_t>(count);
    }
    const bool all_fed = fed_ == input_.size() && !keep_input_open_;
    const bool nobody_reads = count == -1 && errno == EPIPE;
    if (all_fed || nobody_reads) {
        in_.close();
    }
}

// Reads a part of what is there; false if there is nothing.
bool Program::drain() {
    std::array<char, 65536> buffer{};
    const ssize_t count = read(out_.get(), buffer.data(), buffer.size());
    if (count > 0) {
        output_.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0) {
        out_.close();
    }
    return count > 0;
}

bool Program::has_ended() {
    std::error_code ignored;
    return !child_->process.running(ignored);
}

void Program::fail(const std::string& what) {
    child_->process.terminate();
    throw std::runtime_error("'" + name_ + "': " + what + "; its stderr: " + err());
}

void Program::await_lines(std::size_t count, std::chrono::milliseconds limit) {
    const auto complete = [&] {
        return static_cast<std::size_t>(std::ranges::count(output_, '\n')) >= count;
    };
    pump(limit, [&] { return complete() || !out_.is_open(); });
    if (!complete()) {
        fail("closed its output after " + output_);
    }
}

std::string Program::await_error(const std::string& pattern, std::chrono::milliseconds limit) {
    const std::regex regex(pattern);
    std::smatch match;
    std::string text;
    pump(limit, [&] {
        const bool ended = has_ended();  // first, so that its last words are not missed
        text = err();
        return std::regex_search(text, match, regex) || ended;
    });
    if (match.empty()) {
        fail("ended before it said " + pattern);
    }
    return match.size() > 1 ? match.str(1) : match.str();
}

void Program::type(const std::string& text) {
    input_ += text;
    feed();
}

void Program::end_input() {
    keep_input_open_ = false;
    feed();
}

void Program::send(int signal) {
    kill(child_->process.id(), signal);
    if (signal == SIGSTOP) {  // takes effect some time later if the machine is busy
        siginfo_t stopped{};
        waitid(P_PID, static_cast<id_t>(child_->process.id()), &stopped, WSTOPPED | WNOWAIT);
    }
}

bool Program::runs_for(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    bool ended = false;
    pump(time + patience, [&] {
        ended = has_ended();
        return ended || std::chrono::steady_clock::now() >= end;
    });
    return !ended;
}

int Program::wait(std::chrono::milliseconds limit) {
    pump(limit, [this] { return has_ended(); });
    while (out_.is_open() && drain()) {
    }
    const int status = child_->process.native_exit_code();
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

pid_t Program::id() const {
    return child_->process.id();
}

std::string Program::err() const {
    std::string text;
    std::array<char, 4096> buffer{};
    ssize_t count = 0;
    while ((count = pread(err_.get(), buffer.data(), buffer.size(),  // the writer's position stays
                          static_cast<off_t>(text.size()))) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
}
