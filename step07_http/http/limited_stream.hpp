// A connection as cpp-httplib reads and writes it, with a limit to what one message may take.

#pragma once

#include <httplib.h>
#include <poll.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

namespace http {

// Borrows the socket. The library limits the time for each piece of a message and not for the
// whole, and keeps a head of any length: a stream that is spent, since the message has had its
// bytes or its time, reads nothing more. One thread.
class LimitedStream final : public httplib::Stream {
public:
    using Clock = std::chrono::steady_clock;

    // What is written may take so long until the other side takes a piece of it.
    LimitedStream(socket_t socket, std::chrono::milliseconds write_limit);

    // Begins a message that is read: so many bytes, by then.
    void begin_message(std::size_t bytes, Clock::time_point deadline);

    // Waits for the first byte of a message. Returns false if none comes in time.
    bool wait_for_message(std::chrono::milliseconds time) const;

    bool is_spent() const { return spent_; }

    // Ends what is written, and gives the other side so long to read it and to end, too. A
    // connection that is closed with something unread would take the last answer back.
    void linger(std::chrono::milliseconds time);

    bool is_readable() const override { return true; }  // or read() fails in time
    bool is_writable() const override { return wait_for(POLLOUT, Clock::now() + write_limit_); }
    ssize_t read(char* data, std::size_t size) override;
    ssize_t write(const char* data, std::size_t size) override;
    void get_remote_ip_and_port(std::string&, int&) const override {}  // no handler asks
    void get_local_ip_and_port(std::string&, int&) const override {}
    socket_t socket() const override { return socket_; }

private:
    bool wait_for(short events, Clock::time_point deadline) const;
    ssize_t receive();

    socket_t socket_;
    std::chrono::milliseconds write_limit_;
    std::array<char, 4096> buffer_{};  // read, but not yet by the library
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t bytes_left_ = 0;
    Clock::time_point deadline_;
    bool spent_ = false;
};

}  // namespace http
