#include "supervised_service.hpp"

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "remote_processor.hpp"

using namespace std::chrono_literals;

namespace {

const Story untold(true);
const auto previous = std::signal(SIGPIPE, SIG_IGN);  // as the app does

// A service that is a script: $id is that of the request, and it says what comes after it.
std::vector<std::string> script(const std::string& answer) {
    return {"-c", R"(while IFS=, read -r id rest; do id=${id#*:}; )" + answer + "; done"};
}

const std::string good = R"(echo "{\"id\":$id,\"result\":{\"processed\":true,\"value\":84}}")";

// A call fails, and this is part of what it says.
void check_fails(const std::string& answer, SupervisionLimits limits, const std::string& reason) {
    SupervisedService service("/bin/sh", script(answer), limits, untold);
    std::string told;
    try {
        RemoteProcessor(service).process(42);
    } catch (const std::runtime_error& error) {
        told = error.what();
    }
    INFO("what it says: " << told);
    CHECK(told.find(reason) != std::string::npos);
}

}  // namespace

TEST_CASE("supervised_service: a result arrives, from one child") {
    SupervisedService service("/bin/sh", script(good), {10s, 0}, untold);
    const int pid = service.pid();
    CHECK(RemoteProcessor(service).process(42).value == 84);
    CHECK(RemoteProcessor(service).process(42).processed);
    CHECK(service.pid() == pid);
}

TEST_CASE("supervised_service: a refused value is no failure") {
    SupervisedService service(
        "/bin/sh",
        script(R"(echo "{\"id\":$id,\"error\":{\"kind\":\"domain\",\"message\":\"no\"}}")"),
        {10s, 0}, untold);
    const int pid = service.pid();
    CHECK_THROWS_AS(RemoteProcessor(service).process(42), std::domain_error);
    CHECK(service.pid() == pid);
}

TEST_CASE("supervised_service: gives up after so many restarts, and says of what") {
    check_fails("exit 7", {10s, 2}, "ended with exit status 7; gave up after 2 restarts");
    check_fails("kill -9 $$", {10s, 0}, "was killed by signal 9; gave up after 0 restarts");
    check_fails("exec sleep 60", {50ms, 0}, "did not answer in time");
    check_fails("exec sleep 60 <&- >&-", {10s, 0}, "closed its end");
    check_fails("echo nonsense", {10s, 0}, "answered nonsense");
    check_fails("id=8; " + good, {10s, 0}, "the id is of another request");
}

TEST_CASE("supervised_service: each answer starts a new count of restarts") {
    // Every child answers once, to the request that it was started for.
    SupervisedService service("/bin/sh", script(good + "; exit"), {10s, 1}, untold);
    for (int i = 0; i < 4; ++i) {
        CHECK(RemoteProcessor(service).process(42).value == 84);
    }
}

TEST_CASE("supervised_service: a program that is not there") {
    CHECK_THROWS_AS(SupervisedService("/no/such/program", {}, {10s, 0}, untold),
                    std::runtime_error);
}
