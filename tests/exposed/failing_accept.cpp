// A library to preload: the first calls of accept() fail, one with each of these errors.

#include <dlfcn.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>

namespace {

constexpr std::array errors{ENFILE, EMFILE, ENOBUFS, ENOMEM, ECONNABORTED, EPROTO, EPERM};

bool fails() {
    static std::atomic<std::size_t> calls = 0;
    const std::size_t call = calls++;
    if (call < errors.size()) {
        errno = errors.at(call);
    }
    return call < errors.size();
}

template <typename Function>
Function* real(const char* name, Function*) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// The names of the C library are reserved.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" int accept4(int socket, sockaddr* address, socklen_t* size, int flags) {
    return fails() ? -1 : real("accept4", &::accept4)(socket, address, size, flags);
}

extern "C" int accept(int socket, sockaddr* address, socklen_t* size) {
    return fails() ? -1 : real("accept", &::accept)(socket, address, size);
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
