// A component with a bug: what it throws must arrive at the host as a status.

#include <cstdint>
#include <stdexcept>

#include "plugin_api/guarded.hpp"
#include "plugin_api/plugin_api.h"

namespace {

extern "C" plugin_status create(void** instance, plugin_text*) {
    *instance = nullptr;
    return PLUGIN_OK;
}

extern "C" plugin_status process(void*, std::int32_t, plugin_process_result*, plugin_text* error) {
    return guarded(*error, [] { throw std::logic_error("a bug in the component"); });
}

}  // namespace

const processor_plugin* get_processor_plugin() {
    static const processor_plugin plugin{
        PLUGIN_ABI_VERSION, "0.0.0", create, nullptr, process, nullptr};
    return &plugin;
}
