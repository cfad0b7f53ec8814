// A plugin in use: an instance of what is in its library, and calls to it.

#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "plugin_api/plugin_api.h"
#include "plugin_library.hpp"

// A buffer of the host for a text of the plugin. Used by one call.
class TextBuffer {
public:
    plugin_text* get() { return &text_; }

    std::string str() const {
        return {buffer_.data(), std::min(text_.length, buffer_.size())};  // not on trust
    }

private:
    std::array<char, 200> buffer_;  // not filled: zeros would take longer than the call itself
    plugin_text text_{buffer_.data(), buffer_.size(), 0};
};

// Owns its library and the instance. As thread-safe as the plugin, of which the ABI demands it.
template <typename Table>
class Plugin {
public:
    // Throws std::runtime_error if the plugin cannot be loaded or makes no instance.
    Plugin(const std::filesystem::path& file, const char* symbol)
        : library_(file),
          table_(library_.table<Table>(symbol)),
          instance_(nullptr, table_.destroy) {
        TextBuffer error;
        void* instance = nullptr;
        check(table_.create(&instance, error.get()), error);
        instance_.reset(instance);
    }

    // tag::call[]
    // Calls a function of the table: with the instance, the arguments, and a buffer for the error.
    // Throws std::domain_error if it refuses the value, std::runtime_error if it fails.
    template <typename Function, typename... Arguments>
    void call(Function function, Arguments... arguments) const {
        TextBuffer error;
        check(function(instance_.get(), arguments..., error.get()), error);
    }
    // end::call[]

    const Table& table() const { return table_; }
    const std::filesystem::path& path() const { return library_.path(); }

private:
    void check(plugin_status status, const TextBuffer& error) const {
        if (status != PLUGIN_OK) {
            fail(status, error);
        }
    }
    // Apart from check(), which is inlined then: a call that succeeds pays for no text.
    [[noreturn]] void fail(plugin_status status, const TextBuffer& error) const {
        if (status == PLUGIN_DOMAIN_ERROR) {
            throw std::domain_error(error.str());
        }
        library_.fail("it failed: " + error.str());
    }

    // tag::members[]
    PluginLibrary library_;  // first in, last out: the two below point into it
    const Table& table_;
    std::unique_ptr<void, void (*)(void*)> instance_;
    // end::members[]
};
