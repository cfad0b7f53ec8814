#include "ledger/plant.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value != nullptr ? value : "";
}

[[noreturn]] void die() {
    kill(getpid(), SIGKILL);
    for (;;) {
        pause();
    }
}

}  // namespace

Plant::Plant() {
    const std::string kind = environment("PLANT");
    if (kind.empty()) {
        return;
    }
    kind_ = kind == "kill" ? Kind::kill : kind == "late" ? Kind::late : Kind::none;
    every_ = std::atoi(environment("PLANT_EVERY").c_str());
    directory_ = environment("PLANT_DIR");
    if (kind_ == Kind::none || every_ < 2 || !is_directory(directory_)) {
        throw std::invalid_argument(
            "PLANT must be kill or late, with PLANT_EVERY=N, 2 at least, and PLANT_DIR=FOLDER");
    }
}

void Plant::before_commit(std::int32_t value) const {
    if (kind_ == Kind::kill && value % every_ == every_ / 2 && first_time(value)) {
        die();
    }
}

void Plant::before_answer(std::int32_t value) const {
    if (kind_ == Kind::none || value % every_ != 0 || !first_time(value)) {
        return;
    }
    if (kind_ == Kind::kill) {
        die();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(600));  // the caller waits for 400
}

bool Plant::first_time(std::int32_t value) const {
    const auto note = directory_ / std::to_string(value);
    const int made = open(note.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) {
        return false;
    }
    const std::string pid = std::to_string(getpid());
    if (write(made, pid.data(), pid.size()) < 0) {
        throw std::runtime_error("cannot note a fault in " + directory_.string());
    }
    close(made);
    return true;
}
