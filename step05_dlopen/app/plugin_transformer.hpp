// A Transformer that lives in a plugin.

#pragma once

#include <filesystem>
#include <string>

#include "interfaces/transformer.hpp"
#include "plugin.hpp"

// Throws std::runtime_error if the plugin cannot be loaded or fails.
class PluginTransformer final : public Transformer {
public:
    explicit PluginTransformer(const std::filesystem::path& file)
        : plugin_(file, "get_transformer_plugin") {}

    std::string version() const { return plugin_.table().version; }
    const std::filesystem::path& path() const { return plugin_.path(); }

    TransformResult transform(std::int32_t value) const override;
    std::string analyze(const TransformResult& result) const override;

private:
    Plugin<transformer_plugin> plugin_;
};
