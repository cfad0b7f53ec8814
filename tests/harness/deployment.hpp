// Deployment: the app of the step under test and what it needs around it: an empty directory to
// work in, from step07 on running services, in step08 a broker. Every test makes one.
//
// The environment says what is under test (ctest sets it): HARNESS_STEP, for example step07, and
// HARNESS_APP, the path of its app.

#pragma once

#include <array>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runner.hpp"
#include "tcp.hpp"

std::string step_under_test();

// How many values make a big batch: fewer where each of them travels between processes.
std::size_t big_batch();

// Starts step00's app, which says what is right.
Program start_reference(Command command);

class TemporaryDirectory {
public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// What the app needs beside it. Each has a port of its own, also when it is started again.
enum class Part { broker, service1, service2 };

// What the step consists of, in an order in which it can be started.
std::vector<Part> all_parts();
inline const std::vector<Part> no_parts;

class Deployment {
public:
    Deployment();                                        // all parts; returns when they are ready
    explicit Deployment(const std::vector<Part>& parts,  // these
                        std::map<std::string, std::string> environment = {});
    Deployment(const Deployment&) = delete;
    Deployment& operator=(const Deployment&) = delete;
    ~Deployment();  // stops them; fails the test if they do not end well, or if anything was left

    // Fills in program (if the command does not name another) and directory, adds to the
    // environment, and starts the app.
    Program start_app(Command command) const;

    // The same for a part. It belongs to the caller, and may not be ready yet.
    Program launch(Part part, Command command = {}) const;

    // The same, but it belongs to the deployment, instead of one that was killed. Returns when it
    // is ready.
    void start(Part part, const Command& command = {});
    void kill(Part part);
    void end(Part service, int signal = SIGTERM);  // fails the test if it does not end well
    Program& operator[](Part part) { return parts_.at(part); }

    const std::filesystem::path& directory() const { return directory_.path(); }
    int port(Part part) const { return ports_.at(static_cast<std::size_t>(part)).number(); }
    std::string url(Part part) const;

private:
    void stop();

    TemporaryDirectory directory_;
    std::map<std::string, std::string> environment_;
    std::array<tcp::ReservedPort, 3> ports_;  // by part
    std::map<Part, Program> parts_;
};

// Returns when it is, and throws if it will not be.
void await_ready(Part part, Program& program);

// Sends the signal; fails the test if the service does not end well.
void check_ends_well(Program& service, int signal = SIGTERM);
