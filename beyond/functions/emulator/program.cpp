#include "program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string_view>

namespace fs = std::filesystem;

namespace {

std::string first_bytes(const fs::path& path) {
    std::array<char, 20> bytes{};
    std::ifstream(path, std::ios::binary).read(bytes.data(), bytes.size());
    return {bytes.data(), bytes.size()};
}

// CMake unpacks zips, and was needed to build this.
void unpack(const fs::path& zip, const fs::path& folder) {
    const std::string archive = fs::absolute(zip);
    const std::array arguments{
        "cmake", "-E",  "chdir", folder.c_str(),  "cmake",
        "-E",    "tar", "xf",    archive.c_str(), static_cast<const char*>(nullptr)};
    posix_spawn_file_actions_t quietly;
    posix_spawn_file_actions_init(&quietly);
    posix_spawn_file_actions_addopen(&quietly, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    int status = -1;
    if (posix_spawnp(&child, "cmake", &quietly, nullptr,
                     const_cast<char**>(arguments.data()),  // NOLINT: as POSIX has it
                     environ) == 0) {
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {  // another child has ended
        }
    }
    posix_spawn_file_actions_destroy(&quietly);
    if (status != 0) {
        throw std::runtime_error(zip.string() + " cannot be unpacked; is it a whole zip?");
    }
}

// For another processor: the executable behind its emulator.
std::vector<std::string> command_for(const fs::path& executable) {
    const std::string head = first_bytes(executable);
    constexpr bool host_is_arm64 = std::string_view(HOST_PROCESSOR) == "aarch64";
    constexpr char arm64 = static_cast<char>(183);  // of the ELF header's e_machine
    if (head.starts_with("\x7f"
                         "ELF") &&
        head[18] == arm64 && !host_is_arm64) {
        return {"qemu-aarch64-static", executable};
    }
    return {executable};
}

}  // namespace

Program::Folder::Folder() {
    std::string made = fs::temp_directory_path() / "function.XXXXXX";
    if (mkdtemp(made.data()) == nullptr) {
        throw std::runtime_error("cannot make the folder " + made);
    }
    path = made;
}

Program::Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
}

Program::Program(const fs::path& path) {
    if (!fs::is_regular_file(path)) {
        throw std::runtime_error(path.string() + ": there is no such file; build it first");
    }
    fs::path executable = fs::absolute(path);
    if (first_bytes(path).starts_with("PK")) {
        folder_.emplace();
        unpack(path, folder_->path);
        executable = folder_->path / "bootstrap";
    }
    if (access(executable.c_str(), X_OK) != 0) {
        throw std::runtime_error(path.string() + ": no executable" +
                                 (folder_ ? " \"bootstrap\" in it" : "") +
                                 "; it must be a program, of mode 0755");
    }
    constexpr auto for_all = fs::perms::others_read | fs::perms::others_exec;
    if (folder_ && (fs::status(executable).permissions() & for_all) != for_all) {
        std::cerr << "emulator: " + path.string() +
                         ": only its owner may run \"bootstrap\", and the cloud is another user; "
                         "make it of mode 0755\n";
    }
    directory = executable.parent_path();
    arguments = command_for(executable);
}
