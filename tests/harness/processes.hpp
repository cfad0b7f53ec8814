// Processes: what /proc tells about them.

#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

struct Process {
    pid_t id;
    std::string name;
    char state;  // 'Z' is a zombie
};

inline std::vector<Process> children_of(pid_t parent) {
    std::vector<Process> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "stat");  // pid (name) state parent ...
        std::string text;
        std::getline(file, text);
        const std::size_t open = text.find('(');
        const std::size_t close = text.rfind(')');
        if (open == std::string::npos || close == std::string::npos) {
            continue;  // no process, or it has ended just now
        }
        Process process{std::stoi(text), text.substr(open + 1, close - open - 1), '?'};
        pid_t its_parent = 0;
        std::istringstream fields(text.substr(close + 1));
        if (fields >> process.state >> its_parent && its_parent == parent) {
            found.push_back(process);
        }
    }
    return found;
}

// In KiB, without what it shares with others and with files on disk: what it has allocated.
inline long memory_of(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/smaps_rollup");
    for (std::string word; file >> word;) {
        if (long amount = 0; word == "Anonymous:" && file >> amount) {
            return amount;
        }
    }
    throw std::runtime_error("no memory figures of process " + std::to_string(process));
}

inline long descriptors_of(pid_t process) {
    return std::distance(
        std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/fd"), {});
}
