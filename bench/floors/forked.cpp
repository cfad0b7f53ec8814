#include "forked.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <system_error>

#include "bytes.hpp"

Forked::Forked(const std::function<void(const Ready& ready)>& main) {
    std::array<int, 2> pipe{};
    if (pipe2(pipe.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    }
    pid_ = fork();
    if (pid_ < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot start a process");
    }
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(pipe[0]);
        try {
            main([&](const std::string& message) {
                write_all(pipe[1], message + '\n');
                close(pipe[1]);
            });
        } catch (const std::exception& error) {
            std::cerr << "bench: " << error.what() << '\n';
        }
        std::_Exit(1);
    }
    close(pipe[1]);
    message_ = read_until(pipe[0], [](const std::string& bytes) { return bytes.back() == '\n'; });
    message_.pop_back();
    close(pipe[0]);
}

Forked::~Forked() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}
