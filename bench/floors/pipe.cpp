#include "pipe.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "bytes.hpp"

namespace {

std::string read_line(int descriptor) {
    return read_until(descriptor, [](const std::string& bytes) { return bytes.back() == '\n'; });
}

}  // namespace

PipeChild::PipeChild(const std::function<std::string(const std::string& line)>& answer) {
    if (pipe2(to_child_.data(), O_CLOEXEC) != 0 || pipe2(from_child_.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    }
    child_ = std::make_unique<Forked>([&](const auto& ready) {
        ready("");
        for (;;) {
            write_all(from_child_[1], answer(read_line(to_child_[0])));
        }
    });
}

std::string PipeChild::exchange(const std::string& line) {
    write_all(to_child_[1], line);
    return read_line(from_child_[0]);
}
