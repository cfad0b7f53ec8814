// A plugin's library file, loaded for as long as this object lives.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

// Owns the loaded library: all that calls into it must be gone before. Any thread may use it.
class PluginLibrary {
public:
    // Loads this file and no other. Throws std::runtime_error if that fails.
    explicit PluginLibrary(const std::filesystem::path& file);

    // The table that the function called symbol returns, of this host's ABI version. Throws
    // std::runtime_error if there is no such function or its version is another.
    template <typename Table>
    const Table& table(const char* symbol) const {
        const auto function = reinterpret_cast<const Table* (*)()>(find(symbol));
        const Table& table = *function();
        check_abi_version(table.abi_version);
        return table;
    }

    // Throws the std::runtime_error that names this library, what went wrong, and what to do.
    [[noreturn]] void fail(const std::string& reason) const;

    const std::filesystem::path& path() const { return path_; }

private:
    void* find(const char* symbol) const;
    void check_abi_version(std::uint32_t version) const;

    std::filesystem::path path_;
    std::unique_ptr<void, int (*)(void*)> handle_;
};
