#include "supervised_service.hpp"

#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "protocol/envelope.hpp"

using namespace std::chrono_literals;

SupervisedService::SupervisedService(const std::filesystem::path& program,
                                     std::vector<std::string> arguments, SupervisionLimits limits,
                                     const Story& story)
    : program_(program.string()), arguments_(std::move(arguments)), limits_(limits), story_(story) {
    if (access(program_.c_str(), X_OK) != 0) {
        throw std::runtime_error("service " + program_ + ": there is no such program; put it " +
                                 "there, or name another folder with --service-dir or SERVICE_DIR");
    }
}

// tag::ask[]
void SupervisedService::ask(const std::string& operation, const protocol::Json& params,
                            const Read& read) {
    std::chrono::milliseconds pause = 50ms;
    for (int restarts = 0;; ++restarts) {
        std::string failure = "service " + program_;
        try {
            return attempt(operation, params, read);
        } catch (const std::runtime_error& error) {
            failure += child_ ? " (pid " + std::to_string(pid()) + ") " : " does not start: ";
            failure += error.what();
        }
        child_.reset();
        if (restarts == limits_.restarts) {
            throw std::runtime_error(failure + "; gave up after " + std::to_string(restarts) +
                                     " restarts; run it by hand to see what is wrong, or allow " +
                                     "more with --timeout or --restarts");
        }
        story_.tell(failure + ", is started again within " + std::to_string(pause.count()) + " ms");
        std::this_thread::sleep_for(pause);
        pause = std::min(2 * pause, 5'000ms);
    }
}
// end::ask[]

void SupervisedService::attempt(const std::string& operation, const protocol::Json& params,
                                const Read& read) {
    if (child_ == nullptr) {
        child_ = std::make_unique<ChildProcess>(program_, arguments_);
    }
    child_->send_line(protocol::encode_request(++last_id_, operation, params));
    const std::string line = child_->receive_line(limits_.timeout);
    try {
        read(protocol::decode_reply(line, last_id_));
    } catch (const protocol::MalformedMessage& error) {
        throw std::runtime_error(std::string("answered nonsense: ") + error.what());
    } catch (const protocol::Json::exception& error) {
        throw std::runtime_error(std::string("answered nonsense: ") + error.what());
    }
}
