#include <dlfcn.h>

#include <array>
#include <stdexcept>

#include "hand_plugin.hpp"

HandPlugin::HandPlugin(const char* library) {
    void* handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        throw std::runtime_error(dlerror());
    }
    function_ = reinterpret_cast<hand_plugin_function>(dlsym(handle, "hand_plugin_process"));
    const auto create = reinterpret_cast<const void* (*)()>(dlsym(handle, "hand_plugin_create"));
    if (function_ == nullptr || create == nullptr) {
        throw std::runtime_error("hand-written plugin: a symbol is missing");
    }
    instance_ = create();
}

HandResult HandPlugin::process(std::int32_t input) const {
    hand_plugin_result result;
    std::array<char, 200> buffer;
    hand_plugin_text error{buffer.data(), buffer.size(), 0};
    if (function_(instance_, input, &result, &error) != 0) {
        throw std::domain_error({buffer.data(), error.length});
    }
    return {result.value, result.processed != 0};
}
