#include "plugin_processor.hpp"

#include <cstdint>

#include "plugin_call.hpp"

PluginProcessor::PluginProcessor(const std::filesystem::path& directory, const std::string& name)
    : library_(directory, name),
      plugin_(library_.plugin<processor_plugin>("get_processor_plugin")),
      instance_(create_instance(library_, plugin_)) {}

// tag::process[]
ProcessResult PluginProcessor::process(std::int32_t input) const {
    plugin_process_result result{};
    call_plugin(library_, "process", plugin_.process, instance_.get(), input, &result);
    return {result.value, result.processed != 0};
}
// end::process[]

bool PluginProcessor::validate(const ProcessResult& result) const {
    const plugin_process_result processed{result.value,
                                          static_cast<std::uint8_t>(result.processed)};
    std::uint8_t valid = 0;
    call_plugin(library_, "validate", plugin_.validate, instance_.get(), &processed, &valid);
    return valid != 0;
}
