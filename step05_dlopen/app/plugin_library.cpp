#include "plugin_library.hpp"

#include <dlfcn.h>

#include <stdexcept>

// tag::open[]
// NOW: a missing symbol shows here and not at some later call. LOCAL: plugins do not see each
// other. With a folder in front the loader looks nowhere else.
PluginLibrary::PluginLibrary(const std::filesystem::path& file)
    : path_(std::filesystem::absolute(file)),
      handle_(dlopen(path_.c_str(), RTLD_NOW | RTLD_LOCAL), dlclose) {
    if (handle_ == nullptr) {
        fail(dlerror());
    }
}
// end::open[]

void PluginLibrary::fail(const std::string& reason) const {
    throw std::runtime_error("plugin " + path_.string() + ": " + reason +
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
