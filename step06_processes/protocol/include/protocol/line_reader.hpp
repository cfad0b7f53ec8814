// Lines from a file descriptor, with a limit to what is kept of one.

#pragma once

#include <optional>
#include <string>

namespace protocol {

// Borrows the descriptor. One thread at a time.
class LineReader {
public:
    explicit LineReader(int descriptor) : descriptor_(descriptor) {}

    // A line that has arrived whole, without its newline. Of a line longer than max_message_size
    // enough is kept to see that it is too long.
    std::optional<std::string> take();

    // Reads once, and blocks if nothing is there, unless the descriptor is non-blocking. Returns
    // false at the end of the stream; a line that the end cuts off is no line. Throws
    // std::system_error.
    bool fill();

private:
    int descriptor_;
    std::string buffer_;
};

}  // namespace protocol
