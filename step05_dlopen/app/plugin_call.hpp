// A call into a plugin, and what its status means to the host.

#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string>

#include "plugin_api/plugin_api.h"
#include "plugin_library.hpp"

// A buffer of the host for a text of the plugin. Used by one call; one thread.
class TextBuffer {
public:
    plugin_text* get() { return &text_; }

    std::string str() const {
        return {buffer_.data(), std::min(text_.length, buffer_.size())};  // not on trust
    }

private:
    // Not filled: zeros would take longer than the call itself. And small: GCC inlines no function
    // that adds more than 256 bytes to the stack.
    std::array<char, 200> buffer_;
    plugin_text text_{buffer_.data(), buffer_.size(), 0};
};

// tag::call[]
// Throws std::domain_error if the plugin refused the value, and std::runtime_error if it failed.
[[noreturn]] inline void throw_error(const PluginLibrary& library, const char* name,
                                     plugin_status status, const TextBuffer& error) {
    if (status == PLUGIN_DOMAIN_ERROR) {
        throw std::domain_error(error.str());
    }
    library.fail(std::string(name) + " failed: " + error.str());
}

// Calls function(arguments..., error text). Throws as above if the status is not PLUGIN_OK.
template <typename Function, typename... Arguments>
void call_plugin(const PluginLibrary& library, const char* name, Function function,
                 Arguments... arguments) {
    TextBuffer error;
    const plugin_status status = function(arguments..., error.get());
    if (status != PLUGIN_OK) {
        throw_error(library, name, status, error);
    }
}
// end::call[]

// Owns an instance that a plugin made; the plugin's library must live longer.
template <typename Plugin>
std::unique_ptr<void, void (*)(void*)> create_instance(const PluginLibrary& library,
                                                       const Plugin& plugin) {
    void* instance = nullptr;
    call_plugin(library, "create", plugin.create, &instance);
    return {instance, plugin.destroy};
}
