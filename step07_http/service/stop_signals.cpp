#include "service/stop_signals.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

StopSignals::StopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    descriptor_ = signalfd(-1, &signals, SFD_CLOEXEC);
    if (descriptor_ < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot wait for signals");
    }
}

StopSignals::~StopSignals() {
    close(descriptor_);
}

bool StopSignals::wait(int descriptor, std::chrono::milliseconds time) const {
    std::array<pollfd, 2> waited{{{descriptor_, POLLIN, 0}, {descriptor, POLLIN, 0}}};
    while (poll(waited.data(), waited.size(), static_cast<int>(time.count())) < 0) {
        if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "cannot wait for signals");
        }
    }
    return waited[0].revents != 0;
}
