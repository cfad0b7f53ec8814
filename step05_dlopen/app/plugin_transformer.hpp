// A Transformer that lives in a plugin.

#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "interfaces/transformer.hpp"
#include "plugin_api/plugin_api.h"
#include "plugin_library.hpp"

// Owns the library and the instance in it. Throws std::runtime_error if the plugin cannot be loaded
// or fails. As thread-safe as the plugin, of which the ABI demands it.
class PluginTransformer final : public Transformer {
public:
    PluginTransformer(const std::filesystem::path& directory, const std::string& name);

    std::string version() const { return plugin_.version; }
    const std::filesystem::path& path() const { return library_.path(); }

    TransformResult transform(std::int32_t value) const override;
    std::string analyze(const TransformResult& result) const override;

private:
    PluginLibrary library_;  // first in, last out: the two below point into it
    const transformer_plugin& plugin_;
    std::unique_ptr<void, void (*)(void*)> instance_;
};
