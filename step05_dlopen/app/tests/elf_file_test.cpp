#include "elf_file.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>

#include "catch2.hpp"

namespace {

// A folder of its own, gone with the object.
class ScratchDirectory {
public:
    ScratchDirectory() {
        std::string name =
            (std::filesystem::temp_directory_path() / "elf_file_test.XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("cannot make a folder like " + name);
        }
        path_ = name;
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    ~ScratchDirectory() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace

TEST_CASE("elf_file: a plugin passes") {
    CHECK_NOTHROW(check_library_file(PLUGINS "/component1.so"));
}

TEST_CASE("elf_file: a folder, a missing file and a device are refused") {
    CHECK_THROWS_AS(check_library_file(PLUGINS), std::runtime_error);
    CHECK_THROWS_AS(check_library_file(PLUGINS "/no_such_file.so"), std::runtime_error);
    CHECK_THROWS_AS(check_library_file("/dev/zero"), std::runtime_error);
}

TEST_CASE("elf_file: a truncated file is refused wherever a segment ends early") {
    const ScratchDirectory scratch;
    const auto copy = scratch.path() / "component1.so";
    for (const std::uintmax_t size : {0U, 1U, 63U, 64U, 65U, 500U, 5000U}) {
        std::filesystem::copy_file(PLUGINS "/component1.so", copy,
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::resize_file(copy, size);
        CHECK_THROWS_AS(check_library_file(copy), std::runtime_error);
    }
}

TEST_CASE("elf_file: random headers pass or are refused, but do no harm") {
    const ScratchDirectory scratch;
    const auto copy = scratch.path() / "component1.so";
    std::filesystem::copy_file(PLUGINS "/component1.so", copy);
    std::mt19937 random(1);
    for (int i = 0; i < 200; ++i) {
        std::fstream file(copy, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(random() % 700));
        file.put(static_cast<char>(random() % 256));
        file.close();
        try {
            check_library_file(copy);
        } catch (const std::runtime_error&) {
        }
    }
    SUCCEED();
}
