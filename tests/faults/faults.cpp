#include "faults.hpp"

#include <algorithm>
#include <regex>
#include <thread>
#include <utility>

#include "build_paths.hpp"
#include "catch2.hpp"
#include "difference.hpp"

Batch batch_of(std::string input) {
    Program reference = start_reference({.arguments = {"-q", "-"}, .input = input});
    const int status = reference.wait();
    return {std::move(input), reference.out(), status};
}

Batch make_batch(std::size_t count) {
    std::string input;
    for (std::size_t i = 0; i < count; ++i) {
        constexpr std::array some{"42", "-7", "5000", "1073741824", "-4999"};
        input += std::string(some.at(i % some.size())) + '\n';
    }
    return batch_of(std::move(input));
}

Program start_fake_service(const Deployment& deployment, const std::string& fault, bool once) {
    const bool http = step_under_test() == "step07";
    const int port = deployment.port(http ? Part::service1 : Part::broker);
    Program fake({.program = build_paths::fake_service,
                  .arguments = {http ? "http" : "nats", std::to_string(port), fault,
                                once ? "once" : "always"}});
    fake.await_lines(1);
    return fake;
}

std::vector<std::string> with_timeout_for(const std::string& fault,
                                          std::vector<std::string> options) {
    if (fault.ends_with("silence") || fault == "hangs" || fault == "endless" || fault == "drip") {
        options.insert(options.end(), {"--timeout", std::to_string(100 * build_paths::slowness)});
    }
    return options;
}

void check_complete(Program& app, const Batch& batch) {
    CHECK(app.wait() == batch.status);
    INFO("stderr: " << app.err());
    CHECK(difference(app.out(), batch.out) == "none");
}

namespace {

void check_error(const Program& program, const std::string& error) {
    std::string err = program.err();
    const auto last_line = [&] {
        return err.rfind('\n', err.size() - 2) + 1;  // npos + 1 is 0
    };
    while (err.find("request ", last_line()) == last_line()) {
        err.erase(last_line());  // told by another worker, before the program has ended
    }
    const std::size_t last = last_line();
    INFO("stderr: " << err);
    CHECK(std::regex_match(err.substr(std::min(last, err.size())),
                           std::regex(".*: .*" + error + ".*\n")));
}

}  // namespace

void check_gave_up(Program& app, const Batch& batch, const std::string& error, Milliseconds limit) {
    CHECK(app.wait(limit) == 3);
    check_error(app, error);
    const std::string& out = app.out();
    CHECK(difference(out, batch.out.substr(0, out.size())) == "none");
    CHECK(out.size() < batch.out.size());
    const bool whole = out.empty() || out.ends_with("\n\n") || std::ranges::count(out, '\n') == 1;
    CHECK(whole);
}

int count_repetitions(const Program& app) {
    const std::string story = app.err();
    int count = 0;
    for (const std::string repeated : {", is started again within ", ": http://", ": subject "}) {
        for (std::size_t at = 0; (at = story.find(repeated, at)) != std::string::npos; ++at) {
            ++count;
        }
    }
    return count;
}

void check_refuses_to_start(Program& service, const std::string& error) {
    CHECK(service.wait(promptly) == 3);
    CHECK(service.out().empty());
    check_error(service, error);
}

TimeLimit::~TimeLimit() {
    const auto passed = std::chrono::steady_clock::now() - start_;
    CHECK(std::chrono::duration_cast<Milliseconds>(passed).count() <=
          limit_.count() * build_paths::slowness);
}

void pause(Milliseconds time) {
    std::this_thread::sleep_for(time);
}
