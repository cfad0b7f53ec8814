// A plugin's library file, loaded for as long as this object lives.

#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "plugin_api/plugin_api.h"

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
        if (table.abi_version != PLUGIN_ABI_VERSION) {
            fail("it has ABI version " + std::to_string(table.abi_version) +
                 ", this program needs " + std::to_string(PLUGIN_ABI_VERSION));
        }
        return table;
    }

    // Throws the std::runtime_error that names this library, what went wrong, and what to do.
    [[noreturn]] void fail(const std::string& reason) const;

    const std::filesystem::path& path() const { return path_; }

private:
    void* find(const char* symbol) const;

    std::filesystem::path path_;
    std::unique_ptr<void, int (*)(void*)> handle_;
};
