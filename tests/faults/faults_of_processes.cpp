// Step06: the services are child processes of the app, spoken to over pipes.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "build_paths.hpp"
#include "catch2.hpp"
#include "faults.hpp"
#include "processes.hpp"

namespace fs = std::filesystem;

namespace {

using namespace std::chrono_literals;

// An installation in which service1 is the fake one.
class FakeService1 {
public:
    FakeService1() {
        fs::create_symlink(build_paths::fake_service, directory_.path() / "service1");
        fs::create_symlink(real(2), directory_.path() / "service2");
    }

    enum class When { once, always };

    Program start_app(const std::string& fault, When when, std::vector<std::string> options,
                      const std::string& input) const {
        const fs::path token = directory_.path() / "token";
        if (when == When::once) {
            std::ofstream(token) << "wrong once";
        }
        options.insert(options.end(), {"--service-dir", directory_.path(), "-"});
        return deployment_.start_app(
            {.arguments = options,
             .environment = {{"FAULT", fault},
                             {"FAULT_TOKEN", when == When::once ? token.string() : ""},
                             {"REAL_SERVICE", real(1)}},
             .input = input});
    }

    static std::string real(int number) {
        return fs::absolute(std::getenv("HARNESS_APP")).parent_path() /
               ("service" + std::to_string(number));
    }

    const fs::path& directory() const { return directory_.path(); }

private:
    Deployment deployment_;
    TemporaryDirectory directory_;
};

// What the app says of each fault. The time limit below ends those that are silent.
const std::vector<std::pair<std::string, std::string>> faults{
    {"garbage", "answered nonsense: .*parse error.*"},
    {"half, silence", "did not answer in time"},
    {"half, close", "ended with exit status 0"},
    {"silence", "did not answer in time"},
    {"hangs", "did not answer in time"},
    {"close, close", "ended with exit status 0"},
    {"half payload", "answered nonsense: .*parse error.*"},
    {"other id", "answered nonsense: the id is of another request"},
    {"wrong shape", "answered nonsense: "},
    {"out of range", "answered nonsense: a number is not a 32-bit integer"},
    {"megabyte", "sent a line that is too long"},
    {"endless", "sent a line that is too long"},
    {"error", "answered with an error: no luck"},
    {"abort", "was killed by signal 6"},
};

int service_pid(Program& app, const std::string& component) {
    return std::stoi(app.await_error(component + " version: .*, from pid (\\d+)"));
}

}  // namespace

TEST_CASE("program-missing", "[step06]") {
    const Batch batch = make_batch(2);
    for (const std::string missing : {"service1", "service2"}) {
        const FakeService1 fake;
        fs::remove(fake.directory() / missing);
        Program app = fake.start_app("", FakeService1::When::always, {"-q"}, batch.input);
        check_gave_up(app, batch,
                      "service /.*/" + missing + ": there is no such program; .*--service-dir",
                      promptly);
    }
}

TEST_CASE("program-does-not-start", "[step06]") {
    const Batch batch = make_batch(2);
    const FakeService1 fake;
    fs::remove(fake.directory() / "service1");
    std::ofstream(fake.directory() / "service1") << "no program\n";
    fs::permissions(fake.directory() / "service1", fs::perms::owner_all);
    Program app =
        fake.start_app("", FakeService1::When::always, {"-q", "--restarts", "1"}, batch.input);
    check_gave_up(app, batch, "service /.*/service1 does not start: .*; gave up after 1 restarts",
                  promptly);
}

TEST_CASE("program-ends-at-once", "[step06]") {
    const Batch batch = make_batch(2);
    const FakeService1 fake;
    Program app = fake.start_app("ends at once", FakeService1::When::always,
                                 {"-q", "--restarts", "2"}, batch.input);
    check_gave_up(app, batch,
                  "service /.*/service1 .*ended with exit status 7; gave up after 2 restarts",
                  promptly);
}

TEST_CASE("wrong-once", "[step06]") {
    const Batch batch = make_batch(4);
    const FakeService1 fake;
    for (const auto& [fault, message] : faults) {
        INFO("fault: " << fault);
        Program app = fake.start_app(fault, FakeService1::When::once, with_timeout_for(fault, {}),
                                     batch.input);
        check_complete(app, batch);
        app.await_error("service .*/service1 \\(pid \\d+\\) " + message +
                        ".*, is started again within 50 ms");
    }
}

TEST_CASE("answers-twice-once", "[step06]") {
    const Batch batch = make_batch(4);
    const FakeService1 fake;
    Program app = fake.start_app("two answers", FakeService1::When::once, {}, batch.input);
    check_complete(app, batch);
    app.await_error("answered nonsense: the id is of another request");
}

TEST_CASE("wrong-always", "[step06]") {
    const Batch batch = make_batch(4);
    const FakeService1 fake;
    for (const auto& [fault, message] : faults) {
        INFO("fault: " << fault);
        const TimeLimit limit(2 * 100ms + 50ms + 1s);
        Program app =
            fake.start_app(fault, FakeService1::When::always,
                           with_timeout_for(fault, {"-q", "--restarts", "1"}), batch.input);
        check_gave_up(
            app, batch,
            "service /.*/service1 \\(pid \\d+\\) " + message + ".*; gave up after 1 restarts");
    }
}

TEST_CASE("descriptors-of-a-service", "[step06]") {
    const FakeService1 fake;
    const Deployment deployment;
    Program app = deployment.start_app({.arguments = {"-q", "--timeout", "100", "--restarts", "0",
                                                      "--service-dir", fake.directory()},
                                        .environment = {{"FAULT", "descriptors"}},
                                        .redirections = "5</dev/null 9</dev/null"});
    CHECK(app.wait() == 3);
    std::vector<std::string> seen;
    const std::string err = app.err();
    const std::regex pattern("descriptor \"(\\d+)\" (\\S+)");
    for (std::sregex_iterator match(err.begin(), err.end(), pattern), end; match != end; ++match) {
        if (match->str(2).find("/proc/") == std::string::npos) {  // by which it looked
            seen.push_back(match->str(1));
        }
    }
    INFO("stderr: " << err);
    CHECK(seen == std::vector<std::string>{"0", "1", "2"});
}

// The app ignores SIGPIPE. A service that did so would not end when its reader is gone.
TEST_CASE("signals-of-a-service", "[step06]") {
    const FakeService1 fake;
    const fs::path service1 = fake.directory() / "service1";
    fs::remove(service1);
    std::ofstream(service1) << "#!/bin/sh\ngrep SigIgn /proc/self/status >&2\n";
    fs::permissions(service1, fs::perms::owner_all);
    Program app = fake.start_app("", FakeService1::When::always, {"--restarts", "0"}, "");
    CHECK(app.wait() == 3);
    app.await_error("SigIgn:\\s0+\n");
}

TEST_CASE("end-of-app-ends-services", "[step06]") {
    for (const int signal : {SIGTERM, SIGINT, SIGKILL}) {
        for (const bool stopped : {false, true}) {
            const Deployment deployment;
            Program app = deployment.start_app({.arguments = {"-"}, .keep_input_open = true});
            app.await_lines(1);
            if (stopped) {
                kill(service_pid(app, "Component1"), SIGSTOP);
            }
            app.send(signal);
            CHECK(app.wait() == 128 + signal);
        }  // what is left running fails the test
    }
}

TEST_CASE("service-stopped-after-the-last-value", "[step06]") {
    const Batch batch = make_batch(1);
    const Deployment deployment;
    Program app =
        deployment.start_app({.arguments = {"-"}, .input = batch.input, .keep_input_open = true});
    app.await_lines(6);
    kill(service_pid(app, "Component1"), SIGSTOP);
    const TimeLimit limit(2s);
    app.end_input();
    check_complete(app, batch);
}

TEST_CASE("no-zombie", "[step06]") {
    const FakeService1 fake;
    const Batch batch = make_batch(4);
    for (const std::string fault : {"abort", "hangs"}) {
        Program app = fake.start_app(fault, FakeService1::When::always,
                                     with_timeout_for(fault, {"--restarts", "6"}), batch.input);
        for (const std::string time : {"50", "100", "200"}) {
            app.await_error("started again within " + time + " ms");
            const std::vector<Process> children = children_of(app.id());
            CHECK(std::ranges::count(children, 'Z', &Process::state) == 0);
            CHECK(!children.empty());  // service2 is there
        }
        app.send(SIGTERM);
        CHECK(app.wait() == 128 + SIGTERM);
    }
}

TEST_CASE("service-by-hand", "[step06]") {
    const Deployment deployment;
    Program service =
        deployment.launch(Part::service1, {.arguments = {"-q"}, .keep_input_open = true});
    const std::string request = R"({"id":7,"op":"process","params":{"input":42}})";
    const std::string answer = R"(\{"id":7,"result":\{"processed":true,"value":84\}\})";
    const auto error = [](const std::string& kind, int id, const std::string& message) {
        return R"(\{"error":\{"kind":")" + kind + R"(","message":".*)" + message + R"("\},"id":)" +
               std::to_string(id) + R"(\})";
    };
    const auto malformed = [&](int id, const std::string& message = "") {
        return error("malformed", id, message + ".*");
    };
    const std::string no_int32 = "a number is not a 32-bit integer";
    const std::vector<std::pair<std::string, std::string>> exchanges{
        {request, answer},
        {"", malformed(0)},
        {"hello", malformed(0)},
        {"\xff\xfe", malformed(0)},
        {request.substr(0, 20), malformed(0)},
        {"[" + request + "]", malformed(0)},
        {R"({"op":"process","params":{"input":42}})", malformed(0, "'id' not found")},
        {R"({"id":7,"params":{"input":42}})", malformed(7, "'op' not found")},
        {R"({"id":7,"op":"dance","params":{}})", malformed(7, "service1 has no such operation")},
        {R"({"id":7,"op":"analyze","params":{"original":1,"transformed":"x"}})",
         malformed(7, "service1 has no such operation")},
        {R"({"id":7,"op":"process","params":{}})", malformed(7, "'input' not found")},
        {R"({"id":7,"op":"process","params":[]})", malformed(7)},
        {R"({"id":7,"op":"process","params":{"input":"42"}})", malformed(7, no_int32)},
        {R"({"id":7,"op":"process","params":{"input":42.5}})", malformed(7, no_int32)},
        {R"({"id":7,"op":"process","params":{"input":true}})", malformed(7, no_int32)},
        {R"({"id":7,"op":"process","params":{"input":3000000000}})", malformed(7, no_int32)},
        {R"({"id":7,"op":"process","params":{"input":1073741824}})",
         error("domain", 7, "2 x 1073741824 does not fit a 32-bit integer")},
        {std::string(1'000'000, 'x'), malformed(0)},
        {std::string(30'000, '['), malformed(0)},
        {request, answer},
    };
    for (const auto& [line, reply] : exchanges) {
        service.type(line + '\n');
        service.await_lines(1);
        const std::string out = service.take_out();
        INFO(line.substr(0, 100) << " is answered with " << out);
        CHECK(std::regex_match(out, std::regex(reply + '\n')));
    }
    service.type(request);  // without the end of its line, as the last line of a file may be
    service.end_input();
    CHECK(service.wait() == 0);
    CHECK(std::regex_match(service.out(), std::regex(answer + '\n')));
}

TEST_CASE("service-started-wrongly", "[step06]") {
    const Deployment deployment;
    for (const auto& [arguments, delay] :
         std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{"--delay", "soon"}, ""}, {{"--delay"}, ""}, {{"42"}, ""}, {{}, "soon"}}) {
        Program service = deployment.launch(
            Part::service1, {.arguments = arguments, .environment = {{"SERVICE_DELAY", delay}}});
        CHECK(service.wait(promptly) == 2);
        CHECK(service.out().empty());
        CHECK(std::regex_match(service.err(), std::regex("service1: .*; try 'service1 --help'\n")));
    }
}

// The whole foreground process group gets what is typed as Ctrl-C.
TEST_CASE("service-interrupted", "[step06]") {
    for (const int signal : {SIGTERM, SIGINT}) {
        const Deployment deployment;
        Program service = deployment.launch(Part::service1, {.keep_input_open = true});
        service.await_error("one JSON request per line");
        service.send(signal);
        CHECK(service.wait(promptly) == 128 + signal);
    }
}
