#include "supervised_service.hpp"

#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "backoff.hpp"
#include "protocol/envelope.hpp"

using namespace std::chrono_literals;

SupervisedService::SupervisedService(std::filesystem::path program,
                                     std::vector<std::string> arguments, SupervisionLimits limits,
                                     const Story& story)
    : program_(std::move(program)),
      arguments_(std::move(arguments)),
      limits_(limits),
      story_(story) {
    if (access(program_.c_str(), X_OK) != 0 || !std::filesystem::is_regular_file(program_)) {
        throw std::runtime_error("service " + program_.string() +
                                 ": there is no such program; put it there, or name another folder "
                                 "with --service-dir or SERVICE_DIR");
    }
    try {
        child_ = std::make_unique<ChildProcess>(program_, arguments_);
    } catch (const std::runtime_error& error) {
        throw std::runtime_error("service " + program_.string() + ": " + error.what() +
                                 "; is it a program for this machine?");
    }
}

std::string SupervisedService::version() {
    return Client::call("version", "{}", protocol::read_version);
}

// tag::call[]
void SupervisedService::call(std::string_view operation, const std::string& payload,
                             const Read& read) {
    Backoff backoff(50ms, 5s, Backoff::no_limit);
    for (;;) {
        std::string failure = "service " + program_.string() + " (pid ";
        try {
            backoff.begin_attempt(limits_.timeout);
            return attempt(operation, payload, read);
        } catch (const std::runtime_error& error) {
            failure += std::to_string(pid_) + ") " + error.what();
        }
        kill_child();
        if (backoff.attempts() > limits_.restarts) {
            throw std::runtime_error(failure + "; gave up after " +
                                     std::to_string(limits_.restarts) +
                                     " restarts; run it by hand to see what is wrong, or allow "
                                     "more with --timeout or --restarts");
        }
        story_.tell(failure + ", is started again within " +
                    std::to_string(backoff.next_pause().count()) + " ms");
        backoff.pause();
    }
}
// end::call[]

void SupervisedService::attempt(std::string_view operation, const std::string& payload,
                                const Read& read) {
    if (child_ == nullptr) {
        child_ = std::make_unique<ChildProcess>(program_, arguments_);
    }
    pid_ = child_->pid();
    const Deadline deadline = std::chrono::steady_clock::now() + limits_.timeout;
    const std::uint64_t id = ++last_id_;
    child_->send_line(protocol::encode_request(id, operation, payload), deadline);
    const std::string line = child_->receive_line(deadline);
    try {
        protocol::decode_reply(line, id, read);
    } catch (const protocol::MalformedMessage& error) {
        throw std::runtime_error(std::string("answered nonsense: ") + error.what());
    }
}

void SupervisedService::kill_child() {
    if (child_ != nullptr) {
        child_->kill();
        child_.reset();
    }
}
