/* calls PLUGIN.so: nanoseconds for a call of a processor plugin, by turns of a million. */

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "plugin_api/plugin_api.h"

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int main(int argc, char* argv[]) {
    void* library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    void* symbol = library != NULL ? dlsym(library, "get_processor_plugin") : NULL;
    if (symbol == NULL) {
        fprintf(stderr, "calls: needs a plugin\n");
        return 1;
    }
    const processor_plugin* (*get)(void) = NULL;
    *(void**)&get = symbol;
    const processor_plugin* plugin = get();
    char buffer[200];
    plugin_text error = {buffer, sizeof buffer, 0};
    void* instance = NULL;
    if (plugin->create(&instance, &error) != PLUGIN_OK) {
        return 1;
    }
    double least = 1e9;
    for (int turn = 0; turn < 20; ++turn) {
        const double begin = now();
        for (int32_t input = 0; input < 1000000; ++input) {
            plugin_process_result result;
            plugin->process(instance, input, &result, &error);
        }
        const double each = (now() - begin) / 1e6;
        least = each < least ? each : least;
    }
    printf("%.2f\n", least);
    return 0;
}
