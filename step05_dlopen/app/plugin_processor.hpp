// A Processor that lives in a plugin.

#pragma once

#include <filesystem>
#include <string>

#include "interfaces/processor.hpp"
#include "plugin.hpp"

// Throws std::runtime_error if the plugin cannot be loaded or fails.
class PluginProcessor final : public Processor {
public:
    explicit PluginProcessor(const std::filesystem::path& file)
        : plugin_(file, "get_processor_plugin") {}

    std::string version() const { return plugin_.table().version; }
    const std::filesystem::path& path() const { return plugin_.path(); }

    ProcessResult process(std::int32_t input) const override;
    bool validate(const ProcessResult& result) const override;

private:
    Plugin<processor_plugin> plugin_;
};
