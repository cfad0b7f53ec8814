#include "deployment.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <set>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "build_paths.hpp"
#include "catch2.hpp"
#include "processes.hpp"

namespace fs = std::filesystem;

namespace {

std::string required(const char* variable) {
    const char* value = std::getenv(variable);
    if (value == nullptr) {
        throw std::runtime_error(std::string(variable) + " is not set: run the harness by ctest");
    }
    return value;
}

fs::path app_path() {
    return fs::absolute(required("HARNESS_APP"));
}

// The one place that knows which step needs what.
enum class Kind { one_process, child_processes, http_services, broker_and_workers };

Kind kind_of_step() {
    const std::string step = step_under_test();
    return step == "step08"      ? Kind::broker_and_workers
           : step == "step07"    ? Kind::http_services
           : step == "step06"    ? Kind::child_processes
           : step == "functions" ? Kind::child_processes  // of an emulator, which runs beside
                                 : Kind::one_process;
}

// Waits for every process that is left; as a subreaper this one is parent to all orphans below it.
// Those that stay are killed, and their names returned.
std::vector<std::string> reap(std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    std::vector<std::string> stayed;
    std::set<pid_t> killed;
    for (pid_t pid = 0; (pid = waitpid(-1, nullptr, WNOHANG)) != -1;) {  // -1: there are no more
        if (pid > 0) {
            continue;
        }
        if (std::chrono::steady_clock::now() > deadline) {
            for (const Process& child : children_of(getpid())) {
                if (killed.insert(child.id).second) {
                    stayed.push_back(child.name);
                    kill(child.id, SIGKILL);
                }
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return stayed;
}

}  // namespace

std::string step_under_test() {
    return required("HARNESS_STEP");
}

std::size_t big_batch() {
    return kind_of_step() == Kind::one_process ? 100'000 : 1'000;
}

Program start_reference(Command command) {
    command.program = build_paths::reference_app;
    return Program(command);
}

TemporaryDirectory::TemporaryDirectory() {
    std::string path = fs::temp_directory_path() / "harness-XXXXXX";
    if (mkdtemp(path.data()) == nullptr) {
        throw std::system_error(errno, std::generic_category(), path);
    }
    path_ = path;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::vector<Part> all_parts() {
    switch (kind_of_step()) {
        case Kind::broker_and_workers:
            return {Part::broker, Part::service1, Part::service2};
        case Kind::http_services:
            return {Part::service1, Part::service2};
        default:
            return {};
    }
}

void await_ready(Part part, Program& program) {
    if (part == Part::broker) {
        program.await_error("Server is ready");
    } else {
        program.await_lines(1);
    }
}

void check_ends_well(Program& service, int signal) {
    service.send(signal);
    const int status = service.wait(promptly);
    INFO("stderr: " << service.err());
    CHECK(status == 0);
    CHECK(std::ranges::count(service.out(), '\n') == 1);  // that it was ready
}

Deployment::Deployment() : Deployment(all_parts()) {}

Deployment::Deployment(const std::vector<Part>& parts,
                       std::map<std::string, std::string> environment)
    : environment_(std::move(environment)) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    environment_["TMPDIR"] = directory_.path();
    environment_["NATS_URL"] = url(Part::broker);
    environment_["SERVICE1_URL"] = url(Part::service1);
    environment_["SERVICE2_URL"] = url(Part::service2);
    for (const Part part : parts) {
        start(part);
    }
}

Deployment::~Deployment() {
    try {
        stop();
    } catch (const std::exception& error) {
        FAIL_CHECK(error.what());
    }
}

Program Deployment::start_app(Command command) const {
    if (command.program.empty()) {
        command.program = app_path();
    }
    command.directory = directory_.path();
    command.environment.insert(environment_.begin(), environment_.end());
    return Program(command);
}

Program Deployment::launch(Part part, Command command) const {
    const std::string number = std::to_string(port(part));
    std::vector<std::string> address;
    fs::path program = app_path().parent_path();
    if (part == Part::broker) {
        program = build_paths::nats_server;
        address = {"-a", "127.0.0.1", "-p", number};
    } else {
        program /= part == Part::service1 ? "service1" : "service2";
        if (kind_of_step() == Kind::http_services &&
            std::ranges::find(command.arguments, "--listen") == command.arguments.end()) {
            address = {"--listen", "127.0.0.1:" + number};
        }
    }
    if (command.program.empty()) {
        command.program = program;
    }
    command.arguments.insert(command.arguments.begin(), address.begin(), address.end());
    command.directory = directory_.path();
    command.environment.insert(environment_.begin(), environment_.end());
    return Program(command);
}

void Deployment::start(Part part, const Command& command) {
    parts_.erase(part);
    await_ready(part, parts_.emplace(part, launch(part, command)).first->second);
}

void Deployment::kill(Part part) {
    parts_.at(part).send(SIGKILL);
    parts_.at(part).wait();
    parts_.erase(part);
}

void Deployment::end(Part service, int signal) {
    check_ends_well(parts_.at(service), signal);
    parts_.erase(service);
}

std::string Deployment::url(Part part) const {
    return (part == Part::broker ? "nats" : "http") + std::string("://127.0.0.1:") +
           std::to_string(port(part));
}

void Deployment::stop() {
    for (const Part part : {Part::service1, Part::service2}) {
        if (parts_.contains(part)) {
            end(part);
        }
    }
    if (parts_.contains(Part::broker)) {
        parts_.at(Part::broker).send(SIGTERM);
        parts_.at(Part::broker).wait();
    }
    for (const std::string& name : reap(std::chrono::seconds(2))) {
        FAIL_CHECK("left running: " << name);
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(directory_.path())) {
        FAIL_CHECK("left behind: " << entry.path());
    }
}
