#include "http/limited_stream.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace http {
namespace {

using std::chrono::milliseconds;
constexpr std::size_t longest_rest = 16 << 20;  // of a message that nobody wants

}  // namespace

LimitedStream::LimitedStream(socket_t socket, milliseconds write_limit)
    : socket_(socket), write_limit_(write_limit) {}

void LimitedStream::begin_message(std::size_t bytes, Clock::time_point deadline) {
    bytes_left_ = bytes - std::min(bytes, end_ - begin_);
    deadline_ = deadline;
}

bool LimitedStream::wait_for_message(milliseconds time) const {
    return begin_ != end_ || wait_for(POLLIN, Clock::now() + time);
}

void LimitedStream::linger(milliseconds time) {
    ::shutdown(socket_, SHUT_WR);
    begin_message(longest_rest, Clock::now() + time);
    spent_ = false;
    while (receive() > 0) {
    }
}

// tag::read[]
ssize_t LimitedStream::read(char* data, std::size_t size) {
    if (begin_ == end_) {
        begin_ = end_ = 0;
        const ssize_t count = receive();
        if (count <= 0) {
            return count;  // 0: the other side has ended
        }
        end_ = static_cast<std::size_t>(count);
    }
    const std::size_t count = std::min(size, end_ - begin_);
    std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), count, data);
    begin_ += count;
    return static_cast<ssize_t>(count);
}

ssize_t LimitedStream::receive() {
    spent_ = spent_ || bytes_left_ == 0 || !wait_for(POLLIN, deadline_);
    if (spent_) {
        return -1;
    }
    const ssize_t count = recv(socket_, buffer_.data(), std::min(buffer_.size(), bytes_left_), 0);
    bytes_left_ -= static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    return count;
}
// end::read[]

ssize_t LimitedStream::write(const char* data, std::size_t size) {
    const ssize_t count = is_writable() ? send(socket_, data, size, MSG_NOSIGNAL) : -1;
    spent_ = spent_ || count < 0;
    return count;
}

// Returns false if the deadline comes first.
bool LimitedStream::wait_for(short events, Clock::time_point deadline) const {
    for (auto now = Clock::now(); now < deadline; now = Clock::now()) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - now);
        pollfd waited{socket_, events, 0};
        const int ready = poll(&waited, 1, static_cast<int>(left.count()));
        if (ready != 0 && !(ready < 0 && errno == EINTR)) {
            return ready > 0;
        }
    }
    return false;
}

}  // namespace http
