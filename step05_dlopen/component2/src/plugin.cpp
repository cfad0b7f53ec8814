// Component2 behind the C ABI.

#include <string>

#include "component2/component2.hpp"
#include "plugin_api/guarded.hpp"
#include "plugin_api/plugin_api.h"

namespace {

extern "C" plugin_status create(void** instance, plugin_text* error) {
    return guarded(*error, [&] { *instance = new Component2; });
}

extern "C" void destroy(void* instance) {
    delete static_cast<Component2*>(instance);
}

extern "C" plugin_status transform(void* instance, std::int32_t value, std::int32_t* original,
                                   plugin_text* transformed, plugin_text* error) {
    return guarded(*error, [&] {
        const TransformResult result = static_cast<Component2*>(instance)->transform(value);
        *original = result.original;
        copy_result(result.transformed, *transformed);
    });
}

extern "C" plugin_status analyze(void* instance, std::int32_t original, const char* transformed,
                                 std::size_t transformed_length, plugin_text* analysis,
                                 plugin_text* error) {
    return guarded(*error, [&] {
        copy_result(static_cast<Component2*>(instance)->analyze(
                        {original, std::string(transformed, transformed_length)}),
                    *analysis);
    });
}

}  // namespace

const transformer_plugin* get_transformer_plugin() {
    static const transformer_plugin plugin{
        PLUGIN_ABI_VERSION, Component2::version().data(), create, destroy, transform, analyze};
    return &plugin;
}
