#include "plugin_library.hpp"

#include <dlfcn.h>

#include <exception>
#include <stdexcept>

#include "elf_file.hpp"
#include "plugin_api/plugin_api.h"

// tag::open[]
PluginLibrary::PluginLibrary(const std::filesystem::path& directory, const std::string& name)
    : path_(std::filesystem::absolute(directory) / (name + ".so")) {
    try {
        check_library_file(path_);
    } catch (const std::exception& error) {
        fail(error.what());
    }
    // NOW: a missing symbol shows here and not at some later call. LOCAL: plugins do not see each
    // other.
    handle_.reset(dlopen(path_.c_str(), RTLD_NOW | RTLD_LOCAL));
    if (handle_ == nullptr) {
        fail(dlerror());
    }
}
// end::open[]

void PluginLibrary::fail(std::string_view reason) const {
    throw std::runtime_error("plugin " + path_.string() + ": " + std::string(reason) +
                             "; is it a plugin for this program? --plugin-dir or PLUGIN_DIR "
                             "names another folder");
}

void* PluginLibrary::find(const char* symbol) const {
    void* address = dlsym(handle_.get(), symbol);
    if (address == nullptr) {
        fail("it has no symbol " + std::string(symbol));
    }
    return address;
}

void PluginLibrary::check_abi_version(std::uint32_t version) const {
    if (version != PLUGIN_ABI_VERSION) {
        fail("it has ABI version " + std::to_string(version) + ", this program needs " +
             std::to_string(PLUGIN_ABI_VERSION));
    }
}

void PluginLibrary::Close::operator()(void* handle) const {
    dlclose(handle);
}
