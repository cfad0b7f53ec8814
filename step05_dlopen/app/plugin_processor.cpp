#include "plugin_processor.hpp"

#include <cstdint>

// tag::process[]
ProcessResult PluginProcessor::process(std::int32_t input) const {
    plugin_process_result result{};
    plugin_.call(plugin_.table().process, input, &result);
    return {result.value, result.processed != 0};
}
// end::process[]

bool PluginProcessor::validate(const ProcessResult& result) const {
    const plugin_process_result processed{result.value,
                                          static_cast<std::uint8_t>(result.processed)};
    std::uint8_t valid = 0;
    plugin_.call(plugin_.table().validate, &processed, &valid);
    return valid != 0;
}
