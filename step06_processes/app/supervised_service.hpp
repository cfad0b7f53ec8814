// A service that runs as a child process and is started again when it fails.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "child_process.hpp"
#include "client.hpp"
#include "story.hpp"

struct SupervisionLimits {
    std::chrono::milliseconds timeout;  // for one answer
    int restarts;                       // in a row; an answer starts a new count
};

// Owns the child. A child that ends, does not answer in time, or answers nonsense is killed and
// started again, after a pause that grows, and the request is sent again. Borrows the story. One
// thread.
class SupervisedService final : public Client {
public:
    // Throws std::runtime_error if there is no such program. The first call starts it.
    SupervisedService(const std::filesystem::path& program, std::vector<std::string> arguments,
                      SupervisionLimits limits, const Story& story);

    int pid() const { return child_->pid(); }

private:
    void ask(const std::string& operation, const protocol::Json& params, const Read& read) override;
    void attempt(const std::string& operation, const protocol::Json& params, const Read& read);

    std::string program_;
    std::vector<std::string> arguments_;
    SupervisionLimits limits_;
    const Story& story_;
    std::unique_ptr<ChildProcess> child_;
    std::uint64_t last_id_ = 0;
};
