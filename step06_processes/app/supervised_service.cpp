#include "supervised_service.hpp"

#include <unistd.h>

#include <ostream>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>

using namespace std::chrono_literals;

SupervisedService::SupervisedService(std::filesystem::path program,
                                     std::vector<std::string> arguments, SupervisionLimits limits,
                                     std::ostream& story)
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

// tag::call[]
protocol::Reply SupervisedService::call(const protocol::Request& request) {
    auto pause = 50ms;
    for (int failures = 0;; ++failures) {
        try {
            return ask(request);
        } catch (const std::runtime_error& failure) {
            const std::string what = "service " + program_.string() + " (pid " +
                                     std::to_string(pid_) + ") " + failure.what();
            if (child_ != nullptr) {
                child_->kill();
                child_.reset();
            }
            if (failures == limits_.restarts) {
                throw std::runtime_error(what + "; gave up after " + std::to_string(failures) +
                                         " restarts; run it by hand to see what is wrong, or allow "
                                         "more with --timeout or --restarts");
            }
            story_ << what + ", is started again in " + std::to_string(pause.count()) + " ms\n";
            std::this_thread::sleep_for(pause);
            pause *= 2;
        }
    }
}
// end::call[]

// One attempt.
protocol::Reply SupervisedService::ask(const protocol::Request& request) {
    if (child_ == nullptr) {
        child_ = std::make_unique<ChildProcess>(program_, arguments_);
    }
    pid_ = child_->pid();
    const Deadline deadline = std::chrono::steady_clock::now() + limits_.timeout;
    const std::uint64_t id = ++last_id_;
    child_->send_line(protocol::encode(id, request), deadline);

    const std::string line = child_->receive_line(deadline);
    protocol::Reply reply;
    try {
        reply = protocol::decode_reply(line, id, request);
    } catch (const protocol::MalformedMessage& error) {
        throw std::runtime_error(std::string("answered nonsense: ") + error.what());
    }
    if (const auto* error = std::get_if<protocol::Error>(&reply)) {
        if (error->kind == protocol::Error::Kind::domain) {
            throw std::domain_error(error->message);
        }
        throw std::runtime_error("answered with an error: " + error->message);
    }
    return reply;
}
