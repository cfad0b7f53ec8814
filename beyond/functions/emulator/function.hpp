// A function under its name: as many processes as there are invocations at once.

#pragma once

#include <chrono>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "instance.hpp"

constexpr std::size_t most_processes = 8;  // of each function

// Any thread.
class Function {
public:
    // Throws std::runtime_error if nothing can be started from the path.
    Function(std::string name, std::filesystem::path path, std::chrono::milliseconds limit);
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;
    ~Function();

    // Gives the event to a process that is idle, else to a new one. Nothing if for longer than the
    // limit all are busy, or end before they begin with it.
    std::optional<Outcome> invoke(const Event& event);

    // Loads the program again if the file has changed; what is in progress ends with the old one.
    void reload_if_changed();

private:
    using Time = std::filesystem::file_time_type;

    // A version of the program; removed with its last process.
    struct Loaded {
        explicit Loaded(const std::filesystem::path& path) : program(load_program(path)) {}
        Loaded(const Loaded&) = delete;
        Loaded& operator=(const Loaded&) = delete;
        ~Loaded() { unload(program); }
        Program program;
    };
    struct Worker {
        std::shared_ptr<Loaded> loaded;
        std::unique_ptr<Instance> instance;
    };

    std::optional<Worker> take();
    void give_back(Worker worker);

    std::string name_;
    std::filesystem::path path_;
    std::chrono::milliseconds limit_;
    std::mutex mutex_;  // of all below
    std::condition_variable given_back_;
    Time changed_;
    std::shared_ptr<Loaded> loaded_;
    std::list<Worker> idle_;
    std::size_t workers_ = 0;  // idle or not
};
