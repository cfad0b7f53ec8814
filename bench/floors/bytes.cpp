#include "bytes.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

void write_all(int descriptor, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t count = write(descriptor, bytes.data() + sent, bytes.size() - sent);
        if (count < 0) {
            throw std::system_error(errno, std::generic_category(), "cannot write");
        }
        sent += static_cast<std::size_t>(count);
    }
}

std::string read_until(int descriptor, const std::function<bool(const std::string&)>& is_whole) {
    std::string bytes;
    std::array<char, 4096> chunk;
    do {
        const ssize_t count = read(descriptor, chunk.data(), chunk.size());
        if (count <= 0) {
            throw std::runtime_error("the other end has gone");
        }
        bytes.append(chunk.data(), static_cast<std::size_t>(count));
    } while (!is_whole(bytes));
    return bytes;
}
