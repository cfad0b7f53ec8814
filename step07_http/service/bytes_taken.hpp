// How much was read from a connection.

#pragma once

#include <cstdint>

// Bytes that the other side has sent and somebody here has read; 0 if the descriptor is not a TCP
// connection. Any thread.
std::uint64_t bytes_taken(int descriptor);
