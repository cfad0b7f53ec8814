#include "plugin_transformer.hpp"

#include <cstdint>

TransformResult PluginTransformer::transform(std::int32_t value) const {
    std::int32_t original = 0;
    TextBuffer transformed;
    plugin_.call(plugin_.table().transform, value, &original, transformed.get());
    return {original, transformed.str()};
}

std::string PluginTransformer::analyze(const TransformResult& result) const {
    TextBuffer analysis;
    plugin_.call(plugin_.table().analyze, result.original, result.transformed.data(),
                 result.transformed.size(), analysis.get());
    return analysis.str();
}
