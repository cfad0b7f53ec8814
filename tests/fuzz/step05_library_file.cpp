// What the plugin host looks at before it loads a file.

#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "descriptor.hpp"
#include "elf_file.hpp"
#include "fuzz.hpp"

namespace {

bool accepts(std::string_view content) {
    const Descriptor file(memfd_create("library", MFD_CLOEXEC));
    require(
        write(file.get(), content.data(), content.size()) == static_cast<ssize_t>(content.size()),
        "the file can be written");
    try {
        check_library_file("/proc/self/fd/" + std::to_string(file.get()));
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view content = as_text(data, size);
    if (accepts(content)) {
        require(accepts(std::string(content) + "more"), "more at the end does no harm");
        require(!accepts(content.substr(0, 63)), "a header that is cut off is refused");
    }
    return 0;
}
