#include "elf_file.hpp"

#include <link.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace {

using Header = ElfW(Ehdr);
using Segment = ElfW(Phdr);

void check(bool good, const char* problem) {
    if (!good) {
        throw std::runtime_error(problem);
    }
}

// Reads one plain structure at an offset.
template <typename T>
T read_at(std::istream& file, std::uint64_t offset) {
    T value{};
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(reinterpret_cast<char*>(&value), sizeof value);
    check(file.good(), "the file is truncated");
    return value;
}

Header read_header(std::istream& file) {
    std::array<char, SELFMAG> magic{};
    file.read(magic.data(), magic.size());
    check(std::memcmp(magic.data(), ELFMAG, static_cast<std::size_t>(file.gcount())) == 0,
          "the file is not a library");
    file.clear();
    return read_at<Header>(file, 0);
}

}  // namespace

void check_library_file(const std::filesystem::path& path) {
    check(std::filesystem::exists(path), "the file is missing");
    check(std::filesystem::is_regular_file(path), "it is not a file");
    std::ifstream file(path, std::ios::binary);
    check(file.is_open(), "the file cannot be read");
    const std::uint64_t size = std::filesystem::file_size(path);
    const Header header = read_header(file);

    // This program knows best for which machine it was built.
    std::ifstream self("/proc/self/exe", std::ios::binary);
    const Header own = read_header(self);
    check(header.e_ident[EI_CLASS] == own.e_ident[EI_CLASS] &&
              header.e_ident[EI_DATA] == own.e_ident[EI_DATA] && header.e_machine == own.e_machine,
          "the file was built for another machine");
    check(header.e_type == ET_DYN && header.e_phentsize == sizeof(Segment),
          "the file is not a shared library");
    check(header.e_phoff <= size, "the file is truncated");
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        const auto segment = read_at<Segment>(file, header.e_phoff + i * sizeof(Segment));
        check(segment.p_offset <= size && segment.p_filesz <= size - segment.p_offset,
              "the file is truncated");
    }
}
