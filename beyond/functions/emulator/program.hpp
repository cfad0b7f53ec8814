// What a function is started from: an executable, or a zip with an executable "bootstrap" in it.

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// Owns the folder that a zip is unpacked into.
class Program {
public:
    // Throws std::runtime_error if there is no such program, or none that can be run here.
    explicit Program(const std::filesystem::path& path);

    std::filesystem::path directory;     // to work in
    std::vector<std::string> arguments;  // the first is the executable

private:
    struct Folder {  // a temporary one
        Folder();
        Folder(const Folder&) = delete;
        Folder& operator=(const Folder&) = delete;
        ~Folder();
        std::filesystem::path path;
    };
    std::optional<Folder> folder_;
};
