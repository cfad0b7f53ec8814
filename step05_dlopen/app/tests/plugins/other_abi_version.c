/* Of the table only the first member can be relied upon when the version is another. */

#include "plugin_api/plugin_api.h"

const processor_plugin* get_processor_plugin(void) {
    static const uint32_t table = PLUGIN_ABI_VERSION + 1;
    return (const processor_plugin*)(const void*)&table;
}
