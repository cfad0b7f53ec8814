#include "supervised_service.hpp"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "remote_processor.hpp"

using namespace std::chrono_literals;

namespace {

const auto previous = std::signal(SIGPIPE, SIG_IGN);  // as the app does

class AskedService {
public:
    AskedService(const std::string& program, std::vector<std::string> arguments,
                 SupervisionLimits limits)
        : service_(program, std::move(arguments), limits, untold_) {}

    std::int32_t process() { return RemoteProcessor(service_).process(42).value; }
    int pid() const { return service_.pid(); }

private:
    Story untold_{true};
    SupervisedService service_;
};

// A script in the place of a service: $id is that of the request, and it does what comes after it.
AskedService script(const std::string& answer, SupervisionLimits limits = {10s, 0}) {
    return {"/bin/sh",
            {"-c", R"(while IFS=, read -r id rest; do id=${id#*:}; )" + answer + "; done"},
            limits};
}

const std::string good = R"(echo "{\"id\":$id,\"result\":{\"processed\":true,\"value\":84}}")";

// A call fails, and this is part of what it says.
void check_fails(AskedService service, const std::string& reason) {
    std::string told;
    try {
        service.process();
    } catch (const std::runtime_error& error) {
        told = error.what();
    }
    INFO("what it says: " << told);
    CHECK(told.find(reason) != std::string::npos);
}

}  // namespace

TEST_CASE("supervised_service: results arrive, from one child") {
    AskedService service = script(good);
    CHECK(service.process() == 84);
    const int pid = service.pid();
    CHECK(service.process() == 84);
    CHECK(service.pid() == pid);
}

TEST_CASE("supervised_service: a refused value is no failure") {
    AskedService service =
        script(R"(echo "{\"id\":$id,\"error\":{\"kind\":\"domain\",\"message\":\"no\"}}")");
    CHECK_THROWS_AS(service.process(), std::domain_error);
    const int pid = service.pid();
    CHECK_THROWS_AS(service.process(), std::domain_error);
    CHECK(service.pid() == pid);
}

TEST_CASE("supervised_service: gives up after so many restarts, and says of what") {
    check_fails(script("exit 7", {10s, 2}), "ended with exit status 7; gave up after 2 restarts");
    check_fails(script("kill -9 $$"), "was killed by signal 9; gave up after 0 restarts");
    check_fails(script("exec sleep 60", {50ms, 0}), "did not answer in time");
    check_fails(script("exec sleep 60 <&- >&-"), "closed its end");
    check_fails(script("echo nonsense"), "answered nonsense");
    check_fails(script("id=8; " + good), "the id is of another request");
    check_fails({"/", {}, {10s, 0}}, "/ does not start: ");
}

TEST_CASE("supervised_service: each answer starts a new count of restarts") {
    AskedService service = script(good + "; exit", {10s, 1});  // a child answers once
    for (int i = 0; i < 4; ++i) {
        CHECK(service.process() == 84);
    }
}

TEST_CASE("supervised_service: a program that is not there") {
    CHECK_THROWS_AS(AskedService("/no/such/program", {}, {10s, 0}), std::runtime_error);
}
