// Processes: what /proc tells about them.

#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
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
