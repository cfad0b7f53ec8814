// The program as its shell sees it: exit status, output, and what becomes of an error.

#pragma once

#include <functional>
#include <string>
#include <string_view>

enum ExitStatus : int { success = 0, domain_failure = 1, usage_failure = 2, boundary_failure = 3 };

// The options that every program of the course has.
struct ShellOptions {
    bool quiet = false;
    bool help = false;
    bool version = false;

    // Takes the argument if it is one of these options; returns whether it was.
    bool take(std::string_view argument);
};

// Writes all of the text to standard output at once, so that a reader sees whole blocks as soon as
// they are finished. Throws std::system_error.
void print(std::string_view text);

// Writes a line to stderr, whole, so that no other thread's or process's ends up inside. Any
// thread.
void print_error(std::string line);

// Returns when the descriptor is ready to be read (POLLIN) or written (POLLOUT). A program that
// shares a standard stream with this one may have made it non-blocking.
void wait_until_ready(int descriptor, short events);

// Answers --help or --version; returns false if there was neither.
bool told_about(const ShellOptions& options, std::string_view program, std::string_view help);

// Runs the program's body and returns its exit status. What it throws becomes a line on stderr:
// std::invalid_argument is wrong usage, every other exception the failure of a boundary.
int run_program(const std::string& name, const std::function<int()>& body);
