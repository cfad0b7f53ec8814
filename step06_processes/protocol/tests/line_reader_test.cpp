#include "protocol/line_reader.hpp"

#include <unistd.h>

#include <array>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "catch2.hpp"
#include "protocol/payloads.hpp"

namespace {

// What a reader makes of a text that arrives through a pipe.
std::vector<std::string> lines_of(const std::string& text) {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    std::thread writer([&] {
        for (std::size_t sent = 0; sent < text.size();) {
            const ssize_t count = write(ends[1], text.data() + sent, text.size() - sent);
            if (count <= 0) {
                break;
            }
            sent += static_cast<std::size_t>(count);
        }
        close(ends[1]);
    });
    std::vector<std::string> lines;
    protocol::LineReader reader(ends[0]);
    do {
        while (auto line = reader.take()) {
            lines.push_back(*line);
        }
    } while (reader.fill());
    writer.join();
    close(ends[0]);
    return lines;
}

}  // namespace

TEST_CASE("line_reader: lines come one by one, the unfinished one not at all") {
    CHECK(lines_of("a\n\nbc\nunfinished") == std::vector<std::string>{"a", "", "bc"});
}

TEST_CASE("line_reader: a line over the limit is cut, and the next one is whole") {
    const auto lines = lines_of(std::string(1'000'000, 'x') + "\nnext\n");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].size() == protocol::max_message_size + 1);
    CHECK(lines[1] == "next");
}

TEST_CASE("line_reader: a descriptor that cannot be read") {
    protocol::LineReader reader(-1);
    CHECK_THROWS_AS(reader.fill(), std::system_error);
}
