// The address of a peer, as text.

#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <charconv>
#include <stdexcept>
#include <string>

using Endpoint = boost::asio::ip::tcp::endpoint;

// Of HOST:PORT, the host an address in digits: nothing is looked up, so that a program without
// shared libraries can do it. Throws std::invalid_argument.
inline Endpoint parse_endpoint(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon != std::string::npos) {
        boost::system::error_code error;
        std::uint16_t port = 0;
        const char* end = text.data() + text.size();
        const auto address = boost::asio::ip::make_address(text.substr(0, colon), error);
        const auto parsed = std::from_chars(text.data() + colon + 1, end, port);
        if (!error && parsed.ec == std::errc() && parsed.ptr == end) {
            return {address, port};
        }
    }
    throw std::invalid_argument("'" + text + "' is not an address such as 127.0.0.1:9001");
}
