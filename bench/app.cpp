// The real app, measured from outside. Arguments: the program, and its options.

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "floors/bytes.hpp"
#include "rounds.hpp"

namespace {

using Nanoseconds = Rounds::Nanoseconds;
using std::chrono::steady_clock;

int checked(int result, const char* what) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return result;
}

// Starts the command with these as standard input and output.
pid_t start(std::vector<std::string> command, int in, int out) {
    std::vector<char*> arguments(command.size() + 1);  // ends with a null pointer
    std::transform(command.begin(), command.end(), arguments.begin(),
                   [](std::string& argument) { return argument.data(); });
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    pid_t pid = 0;
    const int error =
        posix_spawn(&pid, command.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        throw std::system_error(error, std::generic_category(), command.front());
    }
    return pid;
}

void await_success(pid_t pid) {
    int status = 0;
    if (waitpid(pid, &status, 0) != pid || status != 0) {
        throw std::runtime_error("the app failed");
    }
}

std::array<int, 2> new_pipe() {
    std::array<int, 2> ends{};
    checked(pipe2(ends.data(), O_CLOEXEC), "cannot make a pipe");
    return ends;
}

bool holds_block(const std::string& bytes) {
    return bytes.find("Analysis: 84 maps to Value-0084\n\n") != std::string::npos;
}

std::vector<std::string> with(std::vector<std::string> command, const std::string& argument) {
    command.push_back(argument);
    return command;
}

// An app that takes values from a pipe.
class OpenApp {
public:
    explicit OpenApp(const std::vector<std::string>& command) {
        const std::array<int, 2> in = new_pipe();
        const std::array<int, 2> out = new_pipe();
        pid_ = start(with(command, "-"), in[0], out[1]);
        close(in[0]);
        close(out[1]);
        to_app_ = in[1];
        from_app_ = out[0];
    }
    OpenApp(const OpenApp&) = delete;
    OpenApp& operator=(const OpenApp&) = delete;

    // Waits for its end, which comes with that of its input.
    ~OpenApp() {
        close(to_app_);
        waitpid(pid_, nullptr, 0);
        close(from_app_);
    }

    void run_value() const {
        write_all(to_app_, "42\n");
        read_until(from_app_, holds_block);
    }

private:
    pid_t pid_ = -1;
    int to_app_ = -1;
    int from_app_ = -1;
};

// From before the app's start until its first block has arrived.
Nanoseconds start_to_result(const std::vector<std::string>& command) {
    const std::array<int, 2> out = new_pipe();
    const auto began = steady_clock::now();
    const pid_t pid = start(with(command, "42"), STDIN_FILENO, out[1]);
    close(out[1]);
    read_until(out[0], holds_block);
    const Nanoseconds took = steady_clock::now() - began;
    await_success(pid);
    close(out[0]);
    return took;
}

// From start to end with so many values on standard input.
Nanoseconds run_batch(const std::vector<std::string>& command, std::size_t count) {
    std::string lines;
    for (std::size_t i = 0; i < count; ++i) {
        lines += std::to_string(i % 4999 + 1) + '\n';
    }
    const int input = checked(memfd_create("values", MFD_CLOEXEC), "cannot make a file");
    write_all(input, lines);
    lseek(input, 0, SEEK_SET);
    const int output = checked(open("/dev/null", O_WRONLY | O_CLOEXEC), "cannot open /dev/null");
    const auto began = steady_clock::now();
    await_success(start(with(command, "-"), input, output));
    const Nanoseconds took = steady_clock::now() - began;
    close(input);
    close(output);
    return took;
}

// The command "batch VALUES OPTIONS...": how many values a second, without the time that the app
// takes to start, to make its connections and to end. That is what a few values take; the shortest
// up to now counts.
class Batches {
public:
    explicit Batches(std::vector<std::string> command) : command_(std::move(command)) {}

    std::string run(std::istream& arguments) {
        std::size_t count = 0;
        arguments >> count;
        std::vector<std::string> command = command_;
        for (std::string option; arguments >> option;) {
            command.push_back(option);
        }
        constexpr std::size_t few = 64;  // some for each of 16 jobs
        Nanoseconds& start = starts_.try_emplace(command, Nanoseconds::max()).first->second;
        start = std::min(start, run_batch(command, few));
        const std::chrono::duration<double> took = run_batch(command, few + count) - start;
        return "{\"per_second\": " + std::to_string(static_cast<double>(count) / took.count()) +
               "}";
    }

private:
    std::vector<std::string> command_;
    std::map<std::vector<std::string>, Nanoseconds> starts_;
};

}  // namespace

int main(int argc, char* argv[]) {
    std::vector<std::string> command(argv + 1, argv + argc);
    command.emplace_back("--quiet");

    Rounds rounds;
    std::optional<OpenApp> app;
    rounds.time("value", [&] {
        if (!app) {
            app.emplace(command);
        }
        app->run_value();
    });
    rounds.add("start", [&] { return start_to_result(command); });
    Batches batches(command);
    rounds.on("batch", [&](std::istream& arguments) { return batches.run(arguments); });
    return rounds.run();
}
