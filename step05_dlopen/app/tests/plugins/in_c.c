/* A processor plugin without a line of C++. */

#include <stdio.h>

#include "plugin_api/plugin_api.h"

static plugin_status create(void** instance, plugin_text* error) {
    (void)error;
    *instance = NULL; /* no state */
    return PLUGIN_OK;
}

static void destroy(void* instance) {
    (void)instance;
}

static plugin_status process(void* instance, int32_t input, plugin_process_result* result,
                             plugin_text* error) {
    (void)instance;
    const int64_t twice = (int64_t)2 * input;
    if (twice < INT32_MIN || twice > INT32_MAX) {
        char text[64];
        const int length =
            snprintf(text, sizeof text, "2 x %d does not fit a 32-bit integer", input);
        for (error->length = 0; error->length < (size_t)length && error->length < error->capacity;
             ++error->length) {
            error->data[error->length] = text[error->length];
        }
        return PLUGIN_DOMAIN_ERROR;
    }
    result->value = (int32_t)twice;
    result->processed = 1;
    return PLUGIN_OK;
}

static plugin_status validate(void* instance, const plugin_process_result* result, uint8_t* valid,
                              plugin_text* error) {
    (void)instance;
    (void)error;
    *valid = result->processed && result->value > 0;
    return PLUGIN_OK;
}

const processor_plugin* get_processor_plugin(void) {
    static const processor_plugin plugin = {
        PLUGIN_ABI_VERSION, "1.0.0 in C", create, destroy, process, validate};
    return &plugin;
}
