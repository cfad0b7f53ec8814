/* The C ABI between the program and its plugins: C11 and C++20, so that a plugin may come from
 * another compiler or another language.
 *
 * A plugin exports one function, get_processor_plugin or get_transformer_plugin, which returns a
 * table that lives as long as the library is loaded. Only plain data crosses. Memory stays with
 * the side that allocated it: texts go into buffers of the caller, instances end with destroy. No
 * exception may leave a plugin. An instance may be NULL where there is no state; destroy is not
 * called for it. The calls of one instance may come from several threads at once. */

#ifndef PLUGIN_API_PLUGIN_API_H
#define PLUGIN_API_PLUGIN_API_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Changes with every change to anything below but comments. */
#define PLUGIN_ABI_VERSION 1u

#define PLUGIN_EXPORT __attribute__((visibility("default")))

/* What every call returns. All but PLUGIN_OK come with a text in error. */
typedef int32_t plugin_status;
#define PLUGIN_OK 0
#define PLUGIN_DOMAIN_ERROR 1 /* the value is refused, the plugin is well */
#define PLUGIN_FAILURE 2      /* the plugin failed */

// tag::text[]
/* A text in a buffer of the caller. The plugin writes at most capacity bytes, without a zero at the
 * end, and sets length. This program's buffers take 200 bytes. A result that does not fit is a
 * PLUGIN_FAILURE; an error text is cut. */
typedef struct plugin_text {
    char* data;
    size_t capacity;
    size_t length;
} plugin_text;
// end::text[]

typedef struct plugin_process_result {
    int32_t value;
    uint8_t processed; /* 0 or 1 */
} plugin_process_result;

// tag::processor[]
typedef struct processor_plugin {
    uint32_t abi_version; /* PLUGIN_ABI_VERSION; stays the first member in every version */
    const char* version;  /* of the component, for people */
    plugin_status (*create)(void** instance, plugin_text* error);
    void (*destroy)(void* instance);
    plugin_status (*process)(void* instance, int32_t input, plugin_process_result* result,
                             plugin_text* error);
    plugin_status (*validate)(void* instance, const plugin_process_result* result, uint8_t* valid,
                              plugin_text* error);
} processor_plugin;
// end::processor[]

typedef struct transformer_plugin {
    uint32_t abi_version; /* PLUGIN_ABI_VERSION; stays the first member in every version */
    const char* version;  /* of the component, for people */
    plugin_status (*create)(void** instance, plugin_text* error);
    void (*destroy)(void* instance);
    plugin_status (*transform)(void* instance, int32_t value, int32_t* original,
                               plugin_text* transformed, plugin_text* error);
    plugin_status (*analyze)(void* instance, int32_t original, const char* transformed,
                             size_t transformed_length, plugin_text* analysis, plugin_text* error);
} transformer_plugin;

PLUGIN_EXPORT const processor_plugin* get_processor_plugin(void);
PLUGIN_EXPORT const transformer_plugin* get_transformer_plugin(void);

#ifdef __cplusplus
}
#endif

#endif
