// A child process that is spoken to in lines, over its standard input and output.

#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

// Owns the child, which ends with this object at the latest, and is killed if this program dies.
// One thread at a time, and that of the constructor.
class ChildProcess {
public:
    // Throws std::runtime_error if the program cannot be started.
    ChildProcess(const std::string& program, const std::vector<std::string>& arguments);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // Ends the child's input and gives it a second to finish.
    ~ChildProcess();

    int pid() const;

    // Both throw std::runtime_error, with the reason for people, if the child has ended or closed
    // its end. If the line does not come in time the second kills the child, and throws, too.
    void send_line(const std::string& line);
    std::string receive_line(std::chrono::milliseconds limit);

private:
    struct Process;  // keeps Boost's headers, which take seconds to compile, in one file

    void kill();
    [[noreturn]] void fail_closed();

    std::unique_ptr<Process> process_;
    std::string received_;
};
