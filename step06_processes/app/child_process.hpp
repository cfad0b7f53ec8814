// A child process that is spoken to in lines, over its standard input and output.

#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "file_descriptor.hpp"
#include "protocol/line_reader.hpp"

using Deadline = std::chrono::steady_clock::time_point;

// Owns the child, which sees its three standard streams and no other descriptor, and ends with this
// object at the latest. If this program dies the child ends, too: its standard input ends and, on
// Linux, it is killed, in case it no longer reads. One thread at a time, and that of the
// constructor.
class ChildProcess {
public:
    // Throws std::runtime_error if the program cannot be started.
    ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // Ends the child's input and gives it a second to finish.
    ~ChildProcess();

    int pid() const;

    // Both throw std::runtime_error, with the reason for people, if the deadline passes or the
    // child has ended or closed its end.
    void send_line(std::string line, Deadline deadline);
    std::string receive_line(Deadline deadline);

    void kill();

private:
    struct Process;  // keeps Boost's headers, which take seconds to compile, in one file

    [[noreturn]] void fail_closed();
    bool has_ended(Deadline deadline);

    std::unique_ptr<Process> process_;
    FileDescriptor to_child_;
    FileDescriptor from_child_;
    protocol::LineReader lines_;
};
