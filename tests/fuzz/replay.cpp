// Runs a fuzz target on the files of some folders, with any compiler: in place of libFuzzer, which
// does the same with "-runs=0".

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>

#include "fuzz.hpp"

int main(int argc, char* argv[]) {
    try {
        std::size_t count = 0;
        for (const std::string folder :
             std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
            if (folder.starts_with('-')) {
                continue;
            }
            for (const auto& entry : std::filesystem::directory_iterator(folder)) {
                std::cout << entry.path().string() << std::endl;  // the last one is the culprit
                std::ifstream file(entry.path(), std::ios::binary);
                const std::string input(std::istreambuf_iterator<char>(file), {});
                LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()),
                                       input.size());
                ++count;
            }
        }
        if (count == 0) {
            throw std::runtime_error("there are no files");
        }
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
