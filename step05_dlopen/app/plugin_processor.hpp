// A Processor that lives in a plugin.

#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "interfaces/processor.hpp"
#include "plugin_api/plugin_api.h"
#include "plugin_library.hpp"

// Owns the library and the instance in it. Throws std::runtime_error if the plugin cannot be loaded
// or fails. As thread-safe as the plugin, of which the ABI demands it.
class PluginProcessor final : public Processor {
public:
    PluginProcessor(const std::filesystem::path& directory, const std::string& name);

    std::string version() const { return plugin_.version; }
    const std::filesystem::path& path() const { return library_.path(); }

    ProcessResult process(std::int32_t input) const override;
    bool validate(const ProcessResult& result) const override;

private:
    // tag::members[]
    PluginLibrary library_;  // first in, last out: the two below point into it
    const processor_plugin& plugin_;
    std::unique_ptr<void, void (*)(void*)> instance_;
    // end::members[]
};
