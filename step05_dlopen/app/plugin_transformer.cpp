#include "plugin_transformer.hpp"

#include <cstdint>

#include "plugin_call.hpp"

PluginTransformer::PluginTransformer(const std::filesystem::path& directory,
                                     const std::string& name)
    : library_(directory, name),
      plugin_(library_.plugin<transformer_plugin>("get_transformer_plugin")),
      instance_(create_instance(library_, plugin_)) {}

TransformResult PluginTransformer::transform(std::int32_t value) const {
    std::int32_t original = 0;
    TextBuffer transformed;
    call_plugin(library_, "transform", plugin_.transform, instance_.get(), value, &original,
                transformed.get());
    return {original, transformed.str()};
}

std::string PluginTransformer::analyze(const TransformResult& result) const {
    TextBuffer analysis;
    call_plugin(library_, "analyze", plugin_.analyze, instance_.get(), result.original,
                result.transformed.data(), result.transformed.size(), analysis.get());
    return analysis.str();
}
