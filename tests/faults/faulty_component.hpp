// The fault that is planted into copies of Component1. For the value 7 it does what the environment
// variable FAULT says: each time, or, where FAULT_TOKEN names a file, once, for the process that
// can remove that file.

#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace faulty_component {

// A stray write: turns 1234 on a line of its own into 1235, wherever that is in this process's
// memory. The component never had it, but perhaps its caller has.
inline void corrupt_memory() {
    static constexpr std::string_view sought = "\n1234\n";  // which lies in memory not written to
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        std::istringstream fields(line);
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        char dash = 0;
        std::string access;
        fields >> std::hex >> begin >> dash >> end >> access;
        if (access.starts_with("rw")) {
            const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
            std::vector<unsigned char> in_use((end - begin) / page);  // of 64 stacks, very little
            mincore(reinterpret_cast<void*>(begin), end - begin, in_use.data());
            for (std::size_t i = 0; i < in_use.size(); ++i) {
                auto* const first = reinterpret_cast<char*>(begin + i * page);
                auto* const found =
                    in_use[i] == 0 ? first + page
                                   : std::search(first, first + page, sought.begin(), sought.end());
                if (found != first + page) {
                    found[4] = '5';
                }
            }
        }
    }
}

inline std::int32_t fault(std::int32_t input) {
    using namespace std::chrono_literals;
    const char* const chosen = std::getenv("FAULT");
    const char* const token = std::getenv("FAULT_TOKEN");
    if (chosen == nullptr || input != 7 || (token != nullptr && unlink(token) != 0)) {
        return input;
    }
    const std::string_view fault = chosen;
    if (fault == "throws") {
        throw std::logic_error("a bug in the component");
    }
    if (fault == "crashes") {
        std::raise(SIGSEGV);
    } else if (fault == "corrupts") {
        corrupt_memory();
    } else if (fault == "lies") {
        return input + 1;
    } else if (fault == "hangs") {
        std::this_thread::sleep_for(1h);
    } else if (fault == "slow") {
        std::this_thread::sleep_for(450ms);
    } else if (fault == "slower") {
        std::this_thread::sleep_for(1500ms);
    }
    return input;
}

}  // namespace faulty_component
