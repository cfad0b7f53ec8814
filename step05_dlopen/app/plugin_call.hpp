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
    std::array<char, 256> buffer_;  // not filled: zeros would take longer than the call itself
    plugin_text text_{buffer_.data(), buffer_.size(), 0};
};

// tag::call[]
// Calls function(arguments..., error text). Throws std::domain_error if the plugin refuses the
// value, and std::runtime_error if it fails.
template <typename Function, typename... Arguments>
void call_plugin(const PluginLibrary& library, const char* name, Function function,
                 Arguments... arguments) {
    TextBuffer error;
    const plugin_status status = function(arguments..., error.get());
    if (status == PLUGIN_DOMAIN_ERROR) {
        throw std::domain_error(error.str());
    }
    if (status != PLUGIN_OK) {
        library.fail(std::string(name) + " failed: " + error.str());
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
