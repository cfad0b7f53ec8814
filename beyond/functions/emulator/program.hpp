// What a function is started from: an executable, or a zip with an executable "bootstrap" in it.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

struct Program {
    std::filesystem::path directory;     // to work in
    std::vector<std::string> arguments;  // the first is the executable
    std::filesystem::path unpacked;      // a temporary folder, or empty
};

// Throws std::runtime_error if there is no such program, or none that can be run here.
Program load_program(const std::filesystem::path& path);

// Removes what load_program() unpacked.
void unload(const Program& program);
