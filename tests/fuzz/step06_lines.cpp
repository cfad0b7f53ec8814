// Lines from a pipe. In the input the byte 1 stands for 30,000 of the letter x.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "descriptor.hpp"
#include "fuzz.hpp"
#include "protocol/line_reader.hpp"
#include "protocol/payloads.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t many = 30'000;
    constexpr std::size_t kept = protocol::max_message_size + 1;  // of a line that is too long

    std::string stream;
    std::vector<std::string> expected;
    std::string line;
    const auto add = [&](std::size_t count, char c) {
        stream.append(count, c);
        if (c == '\n') {
            expected.push_back(line.substr(0, kept));
            line.clear();
        } else {
            line.append(count, c);
        }
    };
    for (const char c : as_text(data, std::min<std::size_t>(size, 200))) {
        add(c == '\1' ? many : 1, c == '\1' ? 'x' : c);
    }

    const Descriptor file(memfd_create("lines", MFD_CLOEXEC));
    require(write(file.get(), stream.data(), stream.size()) == static_cast<ssize_t>(stream.size()),
            "the file can be written");
    lseek(file.get(), 0, SEEK_SET);
    protocol::LineReader reader(file.get());
    std::vector<std::string> lines;
    do {
        while (const auto next = reader.take()) {
            lines.push_back(*next);
        }
    } while (reader.fill());
    require(lines == expected, "every line arrives, up to the limit, and nothing else");
    return 0;
}
