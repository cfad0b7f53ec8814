// Component1 behind the C ABI.

#include "component1/component1.hpp"
#include "plugin_api/guarded.hpp"
#include "plugin_api/plugin_api.h"

namespace {

// tag::instance[]
extern "C" plugin_status create(void** instance, plugin_text* error) {
    return guarded(*error, [&] { *instance = new Component1; });
}
// end::instance[]

extern "C" void destroy(void* instance) {
    delete static_cast<Component1*>(instance);
}

// tag::process[]
extern "C" plugin_status process(void* instance, std::int32_t input, plugin_process_result* result,
                                 plugin_text* error) {
    return guarded(*error, [&] {
        const ProcessResult processed = static_cast<Component1*>(instance)->process(input);
        *result = {processed.value, static_cast<std::uint8_t>(processed.processed)};
    });
}
// end::process[]

extern "C" plugin_status validate(void* instance, const plugin_process_result* result,
                                  std::uint8_t* valid, plugin_text* error) {
    return guarded(*error, [&] {
        const ProcessResult processed{result->value, result->processed != 0};
        const bool is_valid = static_cast<Component1*>(instance)->validate(processed);
        *valid = static_cast<std::uint8_t>(is_valid);
    });
}

}  // namespace

// tag::entry[]
const processor_plugin* get_processor_plugin() {
    static const processor_plugin plugin{
        PLUGIN_ABI_VERSION, Component1::version().data(), create, destroy, process, validate};
    return &plugin;
}
// end::entry[]
