#include "hand_plugin.hpp"

#include <stdexcept>
#include <string_view>

extern "C" {

__attribute__((visibility("default"))) const void* hand_plugin_create() {
    static const Hand<1> instance;
    return &instance;
}

__attribute__((visibility("default"))) int hand_plugin_process(const void* instance,
                                                               std::int32_t input,
                                                               hand_plugin_result* result,
                                                               hand_plugin_text* error) {
    try {
        const HandResult processed = static_cast<const Hand<1>*>(instance)->process(input);
        *result = {processed.value, static_cast<std::uint8_t>(processed.processed)};
        return 0;
    } catch (const std::domain_error& refused) {
        const std::string_view text = refused.what();
        error->length = text.copy(error->data, error->capacity);
        return 1;
    }
}
}
