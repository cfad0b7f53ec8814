// Rounds: times exchanges with other processes, whenever the orchestrator asks for one.
//
// The orchestrator writes a command a line, and reads a line of JSON for each. One thread.

#pragma once

#include <chrono>
#include <functional>
#include <istream>
#include <map>
#include <string>

class Rounds {
public:
    using Nanoseconds = std::chrono::duration<double, std::nano>;
    using Handler = std::function<std::string(std::istream& arguments)>;

    // Adds a series to the command "round MS SERIES...": each of those named is repeated for so
    // long, and each time measured. An exchange throws if the answer is wrong.
    void time(const std::string& series, std::function<void()> exchange);

    // The same for what measures itself.
    void add(const std::string& series, std::function<Nanoseconds()> measured);

    // Adds a command of another name.
    void on(const std::string& command, Handler handler);

    // Answers commands until standard input ends, and returns the exit status.
    int run();

private:
    std::string round(std::istream& arguments);

    std::map<std::string, std::function<Nanoseconds()>> series_;
    std::map<std::string, Handler> handlers_;
    std::size_t rounds_ = 0;
};
