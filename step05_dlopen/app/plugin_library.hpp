// A plugin's library file, loaded for as long as this object lives.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

// Owns the loaded library: all that calls into it must be gone before. Any thread may use it.
class PluginLibrary {
public:
    // Loads DIRECTORY/NAME.so and nothing else. Throws std::runtime_error if that fails.
    PluginLibrary(const std::filesystem::path& directory, const std::string& name);

    // The table that the function called symbol returns, of this host's ABI version. Throws
    // std::runtime_error if there is no such function or its version is another.
    template <typename Plugin>
    const Plugin& plugin(const char* symbol) const {
        const auto entry = reinterpret_cast<const Plugin* (*)()>(find(symbol));
        const Plugin* plugin = entry();
        if (plugin == nullptr) {
            fail(std::string(symbol) + " returns nothing");
        }
        check_abi_version(plugin->abi_version);
        return *plugin;
    }

    // Throws the std::runtime_error that names this library, what went wrong, and what to do.
    [[noreturn]] void fail(std::string_view reason) const;

    const std::filesystem::path& path() const { return path_; }

private:
    struct Close {
        void operator()(void* handle) const;
    };

    void* find(const char* symbol) const;
    void check_abi_version(std::uint32_t version) const;

    std::filesystem::path path_;
    std::unique_ptr<void, Close> handle_;
};
