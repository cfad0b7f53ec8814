// Runner: starts a program, feeds it, and collects what it writes. Every wait has a time limit;
// when it passes, the program is killed, and a std::runtime_error tells what it had written to
// stderr. One thread at a time.

#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "descriptor.hpp"

constexpr std::chrono::seconds patience{20};  // for whatever just has to come to an end
constexpr std::chrono::seconds promptly{5};   // both leave room for sanitizers and busy machines

struct Command {
    std::filesystem::path program = {};
    std::vector<std::string> arguments = {};
    std::map<std::string, std::string> environment = {};  // besides the harness's own, which has
                                                          // none of what a step reads
    std::filesystem::path directory = ".";                // to start in

    std::string input = {};                  // what standard input holds
    bool keep_input_open = false;            // after that, as a terminal does
    std::filesystem::path input_file = {};   // instead of that
    std::filesystem::path output_file = {};  // standard output, instead of being collected
    std::size_t file_limit = 0;              // how long a file can become, if not 0
    bool errors_to_output = false;           // 2>&1
    std::string redirections = {};           // any other, in a shell's notation
    std::string limits = {};                 // what it may use, as arguments of ulimit
};

// A running program, killed on destruction if it has not ended by then.
class Program {
public:
    explicit Program(Command command);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    Program(Program&& other) noexcept;
    Program& operator=(Program&& other) noexcept;
    ~Program();

    // Both return as soon as the program has written that much (and possibly more), and throw if it
    // ends before.
    void await_lines(std::size_t count, std::chrono::milliseconds limit = patience);
    std::string await_error(const std::string& pattern,  // returns its first group
                            std::chrono::milliseconds limit = patience);

    // More for standard input, if that was kept open.
    void type(const std::string& text);
    void end_input();

    void send(int signal);                 // SIGSTOP: returns when it has stopped
    void close_output() { out_.close(); }  // as a reader that has seen enough does

    // Returns after this time, or as soon as the program has ended: false.
    bool runs_for(std::chrono::milliseconds time);

    // The exit status as a shell sees it: 128 + n for an end by signal n.
    int wait(std::chrono::milliseconds limit = patience);

    pid_t id() const;
    const std::string& out() const { return output_; }  // standard output as far as it was read
    std::string take_out() { return std::exchange(output_, {}); }  // the same, and forgets it
    std::string err() const;                                       // standard error up to now

private:
    struct Child;  // keeps Boost.Process, slow to compile, out of the files that include this one

    void pump(std::chrono::milliseconds limit, const std::function<bool()>& done);
    void feed();
    bool drain();
    bool has_ended();
    [[noreturn]] void fail(const std::string& what);

    std::string name_;  // for messages
    Descriptor in_;     // our ends of the pipes to it
    Descriptor out_;
    Descriptor err_;  // a file in memory, which needs no reader: it is never full
    std::string input_;
    std::size_t fed_ = 0;  // of input_
    bool keep_input_open_;
    std::string output_;
    std::unique_ptr<Child> child_;
};
