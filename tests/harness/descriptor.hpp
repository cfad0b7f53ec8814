// Descriptor: owns a file descriptor and closes it. No descriptor made here reaches a child process
// unless it is meant to.

#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int value) : value_(value) {
        if (value == -1) {
            throw std::system_error(errno, std::generic_category(), "no file descriptor");
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~Descriptor() { close(); }

    void close() {
        if (is_open()) {
            ::close(std::exchange(value_, -1));
        }
    }
    bool is_open() const { return value_ != -1; }
    int get() const { return value_; }

private:
    int value_ = -1;
};

inline Descriptor open_file(const std::filesystem::path& path, int flags) {
    return Descriptor(open(path.c_str(), flags | O_CLOEXEC));
}

struct Pipe {
    Descriptor read;
    Descriptor write;
};

inline Pipe make_pipe() {
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) == -1) {
        throw std::system_error(errno, std::generic_category(), "no pipe");
    }
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}
