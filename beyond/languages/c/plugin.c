/* Both components in C, as a plugin for step 05's app. Its two functions are all that the app looks
 * for. */

#include "plugin_api/plugin_api.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Returns whether all of the text fitted. */
static int write_text(plugin_text* out, const char* format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const size_t whole = length < 0 ? 0 : (size_t)length;
    out->length = whole < out->capacity ? whole : out->capacity;
    if (out->length >= sizeof text) {
        out->length = sizeof text - 1;
    }
    memcpy(out->data, text, out->length);
    return length >= 0 && out->length == whole;
}

static plugin_status create(void** instance, plugin_text* error) {
    (void)error;
    *instance = NULL; /* no state */
    return PLUGIN_OK;
}

static void destroy(void* instance) {
    (void)instance;
}

// tag::components[]
static plugin_status process(void* instance, int32_t input, plugin_process_result* result,
                             plugin_text* error) {
    (void)instance;
    const int64_t value = (int64_t)2 * input; /* past the end of int32_t anything may happen */
    if (value < INT32_MIN || value > INT32_MAX) {
        write_text(error, "2 x %d does not fit a 32-bit integer", (int)input);
        return PLUGIN_DOMAIN_ERROR;
    }
    *result = (plugin_process_result){.value = (int32_t)value, .processed = 1};
    return PLUGIN_OK;
}

static plugin_status validate(void* instance, const plugin_process_result* result, uint8_t* valid,
                              plugin_text* error) {
    (void)instance;
    (void)error;
    *valid = result->processed && result->value > 0;
    return PLUGIN_OK;
}

static plugin_status transform(void* instance, int32_t value, int32_t* original,
                               plugin_text* transformed, plugin_text* error) {
    (void)instance;
    if (value < -9999 || value > 9999) {
        write_text(error, "%d does not fit the four-digit format (-9999..9999)", (int)value);
        return PLUGIN_DOMAIN_ERROR;
    }
    *original = value;
    return write_text(transformed, "Value-%04d", (int)value) ? PLUGIN_OK : PLUGIN_FAILURE;
}

static plugin_status analyze(void* instance, int32_t original, const char* transformed,
                             size_t transformed_length, plugin_text* analysis, plugin_text* error) {
    (void)instance;
    if (!write_text(analysis, "Analysis: %d maps to %.*s", (int)original, (int)transformed_length,
                    transformed)) { /* it has no zero at its end */
        write_text(error, "the result does not fit the caller's buffer");
        return PLUGIN_FAILURE;
    }
    return PLUGIN_OK;
}
// end::components[]

const processor_plugin* get_processor_plugin(void) {
    static const processor_plugin plugin = {
        PLUGIN_ABI_VERSION, "0.1.0 in C", create, destroy, process, validate};
    return &plugin;
}

const transformer_plugin* get_transformer_plugin(void) {
    static const transformer_plugin plugin = {PLUGIN_ABI_VERSION, "0.2.0 in C", create, destroy,
                                              transform,          analyze};
    return &plugin;
}
