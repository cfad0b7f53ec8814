// Loads and unloads step05's plugins many times in one process: memory, mappings and descriptors
// must stay as they are.
//
//     reload PLUGIN_DIR TIMES

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "plugin_processor.hpp"
#include "plugin_transformer.hpp"
#include "processes.hpp"

namespace {

struct Figures {
    long memory = memory_of(getpid());
    long mappings = [] {
        std::ifstream maps("/proc/self/maps");
        return std::count(std::istreambuf_iterator<char>(maps), {}, '\n');
    }();
    long descriptors = descriptors_of(getpid());
};

void use(const std::filesystem::path& directory) {
    const PluginProcessor processor(directory / "component1.so");
    const PluginTransformer transformer(directory / "component2.so");
    if (transformer.transform(processor.process(21).value).transformed != "Value-0042") {
        throw std::runtime_error("the plugins do not work");
    }
}

}  // namespace

int main(int, char* argv[]) try {
    const int tenth = std::atoi(argv[2]) / 10;
    Figures early;
    std::cout << "times  KiB  mappings  descriptors  us each\n";
    for (int times = tenth; times <= 10 * tenth; times += tenth) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < tenth; ++i) {
            use(argv[1]);
        }
        const std::chrono::duration<double, std::micro> passed =
            std::chrono::steady_clock::now() - start;
        const Figures now;
        std::cout << times << "  " << now.memory << "  " << now.mappings << "  " << now.descriptors
                  << "  " << passed.count() / tenth << '\n';
        if (times == tenth) {
            early = now;
        }
        if (now.memory > early.memory + 64 || now.mappings > early.mappings ||
            now.descriptors > early.descriptors) {
            std::cout << "this is not flat\n";
            return 1;
        }
    }
} catch (const std::exception& error) {
    std::cerr << "reload: " << error.what() << '\n';
    return 1;
}
