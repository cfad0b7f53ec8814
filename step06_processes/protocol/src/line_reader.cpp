#include "protocol/line_reader.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "protocol/payloads.hpp"

namespace protocol {
namespace {

constexpr std::size_t kept = max_message_size + 1;

}  // namespace

std::optional<std::string> LineReader::take() {
    const std::size_t end = buffer_.find('\n');
    if (end == std::string::npos) {
        buffer_.resize(std::min(buffer_.size(), kept));
        return std::nullopt;
    }
    std::string line = buffer_.substr(0, std::min(end, kept));
    buffer_.erase(0, end + 1);
    return line;
}

bool LineReader::fill() {
    std::array<char, 4096> chunk;
    const ssize_t count = ::read(descriptor_, chunk.data(), chunk.size());
    if (count < 0) {
        if (errno == EINTR || errno == EAGAIN) {
            return true;
        }
        throw std::system_error(errno, std::generic_category(), "cannot read");
    }
    buffer_.append(chunk.data(), static_cast<std::size_t>(count));
    return count > 0;
}

}  // namespace protocol
