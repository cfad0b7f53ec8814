// A column of the fault table: what becomes of the step's program under each fault. Prints a line
// for each: "cell", fault, how it was planted, what was seen, with tabs between; and before it
// lines with "proof", fault, and the last of what the program printed. The program fault_table
// makes the table of them.
//
// The values go in one by one, and with 7 comes the fault. 1234 is typed along with it, so that it
// waits in the program's memory meanwhile.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "build_paths.hpp"
#include "catch2.hpp"
#include "faults.hpp"
#include "processes.hpp"
#include "testbed.hpp"

namespace fs = std::filesystem;

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr Milliseconds timeout =
    600ms;  // faulty_component.hpp: "slow" is below it, "slower" is above
constexpr Milliseconds late_after = 300ms;  // for a value that takes a few ms
constexpr Milliseconds back_after = 400ms;  // until somebody starts again what has ended

enum class Joined {
    in_one_file,
    by_the_linker,
    by_the_loader,
    by_dlopen,
    by_pipes,
    by_http,
    by_broker
};

Joined joined() {
    static const std::map<std::string, Joined> steps{
        {"step00", Joined::in_one_file},   {"step01", Joined::by_the_linker},
        {"step02", Joined::by_the_linker}, {"step03", Joined::by_the_linker},
        {"step04", Joined::by_the_loader}, {"step05", Joined::by_dlopen},
        {"step06", Joined::by_pipes},      {"step07", Joined::by_http},
        {"step08", Joined::by_broker}};
    return steps.at(step_under_test());
}

bool is_one_process() {
    return joined() <= Joined::by_dlopen;
}

fs::path bin() {
    return fs::absolute(std::getenv("HARNESS_APP")).parent_path();
}

std::ptrdiff_t count_blocks(const std::string& out) {
    std::ptrdiff_t count = 0;
    for (std::size_t at = 0; (at = out.find("\n\n", at)) != std::string::npos; ++at) {
        ++count;
    }
    return count;
}

// What is typed, piece by piece; the fault comes with the third.
const std::vector<std::string> pieces{"1\n", "2\n", "7\n1234\n", "3\n", "4\n",
                                      "5\n", "6\n", "8\n",       "9\n", "10\n"};
constexpr std::size_t with_fault = 2;

Batch all_pieces() {
    std::string input;
    for (const std::string& piece : pieces) {
        input += piece;
    }
    return batch_of(input);
}

struct Seen {
    std::string outcome;
    std::string proof;  // what the app printed that shows it
};

// The last lines, as many as are wanted of them.
std::string last_lines(const std::string& text, std::size_t count,
                       const std::function<bool(const std::string&)>& wanted) {
    std::deque<std::string> lines;
    std::istringstream all(text);
    for (std::string line; std::getline(all, line);) {
        if (wanted(line)) {
            lines.push_back(line + '\n');
        }
        if (lines.size() > count) {
            lines.pop_front();
        }
    }
    return std::accumulate(lines.begin(), lines.end(), std::string());
}

// What is said when all goes well.
bool is_ordinary(const std::string& line) {
    return line.starts_with("step") || line.starts_with("Connected to") ||
           (line.find(" version") != std::string::npos && !line.starts_with("app: ")) ||
           line.find(" ends after ") != std::string::npos;
}

// From the line that should be another, else the last of it.
std::string telling(const std::string& out) {
    static const Batch batch = all_pieces();
    const auto different = std::ranges::mismatch(out, batch.out).in1;
    if (different == out.end()) {
        return last_lines(out, 2, [](const std::string& line) { return !line.empty(); });
    }
    const std::size_t begin = out.rfind('\n', static_cast<std::size_t>(different - out.begin()));
    const std::string rest = out.substr(begin == std::string::npos ? 0 : begin + 1);
    return rest.substr(0, rest.find("\n\n") + 1);
}

Seen seen(Program& app, std::string outcome) {
    return {std::move(outcome),
            telling(app.out()) + last_lines(app.err(), 3, std::not_fn(is_ordinary))};
}

// What came of an app that has ended.
std::string outcome(Program& app, int late) {
    static const Batch batch = all_pieces();
    const int status = app.wait();
    const std::string& out = app.out();
    if (status > 128) {
        return "whole program dies";
    }
    if (status == 3) {
        const bool whole = out.empty() || out.ends_with("---\n") || out.ends_with("\n\n");
        return whole && batch.out.starts_with(out) ? "exit 3" : "exit 3, not whole blocks";
    }
    if (status != 0) {
        return out.empty() ? "does not start" : "exit " + std::to_string(status);
    }
    if (out != batch.out) {
        return "wrong output, exit 0";
    }
    return late == 0 ? "nothing noticed" : late == 1 ? "one value late" : "several values late";
}

Seen ended(Program& app, int late) {
    Seen result = seen(app, outcome(app, late));
    result.proof += "# exit status " + std::to_string(app.wait()) + '\n';
    return result;
}

// Types the pieces. A value is late if it takes long, or if the app tells of a repeated call.
Seen observe(
    Program& app, const std::function<void()>& do_harm = [] {},
    const std::function<void()>& look_after = [] {}) {
    int late = 0;
    std::ptrdiff_t expected = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i == with_fault) {
            do_harm();
        }
        const int repetitions = count_repetitions(app);
        const auto start = Clock::now();
        app.type(pieces[i]);
        expected += std::ranges::count(pieces[i], '\n');
        while (count_blocks(app.out()) < expected) {
            if (!app.runs_for(5ms)) {
                return ended(app, late);
            }
            if (Clock::now() - start > (is_one_process() ? 3s : 15s)) {
                return seen(app, "hangs for ever");
            }
            look_after();
        }
        late += Clock::now() - start > late_after || count_repetitions(app) > repetitions ? 1 : 0;
    }
    app.end_input();
    return ended(app, late);
}

void put(const fs::path& file, const fs::path& link) {
    REQUIRE(fs::exists(file));
    fs::create_directories(link.parent_path());
    fs::create_symlink(file, link);
}

// Where a component is looked for: the right one, and in place of component 1 this file, if any.
void install(const fs::path& directory, const fs::path& first) {
    const bool plugins = joined() == Joined::by_dlopen;
    const fs::path file1 = plugins ? "component1.so" : "service1";
    const fs::path file2 = plugins ? "component2.so" : "service2";
    if (!first.empty()) {
        put(first, directory / file1);
    }
    put(bin() / file2, directory / file2);
}

std::vector<std::string> options(const std::string& deadline) {
    const std::string limit = std::to_string(timeout.count());
    switch (joined()) {
        case Joined::by_pipes:
            return {"--timeout", limit, "--restarts", "1", "-"};
        case Joined::by_http:
        case Joined::by_broker:
            return {"--timeout", limit, "--deadline", deadline, "-"};
        default:
            return {"-"};
    }
}

// Starts again what has ended, as a process manager does.
class ProcessManager {
public:
    explicit ProcessManager(Testbed& testbed) : testbed_(testbed) {}

    void look_after_all() {
        for (Victim& victim : testbed_.victims()) {
            if (!victim.program) {
                continue;  // the app's
            }
            if (victim.program->runs_for(0ms)) {
                ended_.erase(&victim);
            } else if (ended_.emplace(&victim, Clock::now()).first->second + back_after <=
                       Clock::now()) {
                victim.program.emplace(victim.launch());
            }
        }
    }

private:
    Testbed& testbed_;
    std::map<Victim*, Clock::time_point> ended_;
};

// With a component that has this fault planted into it.
Seen with_fault_in_component(const std::string& fault, bool once, const std::string& deadline,
                             const std::string& folder = ".") {
    const TemporaryDirectory directory;
    const fs::path token = directory.path() / "token";
    std::map<std::string, std::string> environment{{"FAULT", fault}};
    if (once) {
        std::ofstream(token) << "once\n";
        environment["FAULT_TOKEN"] = token;
    }
    const fs::path faulty = fs::path(build_paths::faulty) / step_under_test() / folder;
    Testbed testbed(environment, faulty / "service1");
    Command command{
        .arguments = options(deadline), .environment = environment, .keep_input_open = true};
    switch (joined()) {
        case Joined::in_one_file:
        case Joined::by_the_linker:
            command.program = faulty / "app";
            break;
        case Joined::by_the_loader:
            command.environment["LD_LIBRARY_PATH"] = faulty;
            break;
        case Joined::by_dlopen:
            install(directory.path(), faulty / "component1.so");
            command.environment["PLUGIN_DIR"] = directory.path();
            break;
        case Joined::by_pipes:
            install(directory.path(), faulty / "service1");
            command.environment["SERVICE_DIR"] = directory.path();
            break;
        default:
            break;
    }
    Program app = testbed.start_app(command);
    ProcessManager manager(testbed);
    return observe(
        app, [] {}, [&] { manager.look_after_all(); });
}

// With this in place of component 1.
Seen with_other_component(const std::string& other) {
    const TemporaryDirectory directory;
    Command command{.arguments = options("1500"),
                    .environment = {{"FAULT", "wrong shape"}},
                    .keep_input_open = true};
    std::vector<Part> parts = all_parts();
    std::erase(parts, Part::service1);
    Deployment deployment(parts);
    std::vector<Program> fake;
    const bool missing = other == "missing";
    switch (joined()) {
        case Joined::in_one_file:
        case Joined::by_the_linker:
            return {"not applicable", ""};
        case Joined::by_the_loader:
            fs::create_directory(directory.path() / "bin");
            fs::copy_file(bin() / "app", directory.path() / "bin/app");  // looks into ../lib
            for (const auto& file : fs::directory_iterator(bin() / "../lib")) {
                std::string name = file.path().filename();
                const bool first = name.starts_with("libcomponent1");
                if (first && name.ends_with(".so.0")) {
                    name.back() = '1';  // the next ABI
                }
                if (!(first && missing)) {
                    put(file.path(), directory.path() / "lib" / name);
                }
            }
            command.program = directory.path() / "bin/app";
            break;
        case Joined::by_dlopen:
            install(directory.path(),
                    missing ? fs::path()
                            : bin() / "../app/tests/test_plugins/other_abi_version/component1.so");
            command.environment["PLUGIN_DIR"] = directory.path();
            break;
        case Joined::by_pipes:
            install(directory.path(), missing ? fs::path() : fs::path(build_paths::fake_service));
            command.environment["SERVICE_DIR"] = directory.path();
            break;
        case Joined::by_http:
        case Joined::by_broker:
            if (!missing) {
                fake.push_back(start_fake_service(deployment, "wrong shape"));
            }
            break;
    }
    Program app = deployment.start_app(command);
    return observe(app);
}

// With this killed, and back soon.
Seen with_victim(const std::string& name) {
    if (is_one_process()) {
        return {"not applicable", ""};
    }
    Testbed testbed({});
    if (testbed.find(name).empty()) {
        return {"not applicable", ""};
    }
    Victim& victim = *testbed.find(name).front();
    Program app = testbed.start_app({.arguments = options("5000"), .keep_input_open = true});
    ProcessManager manager(testbed);
    return observe(
        app,
        [&] {
            if (victim.program) {
                victim.program->send(SIGKILL);
                victim.program->wait();
                pause(200ms);  // by then the broker knows
                return;
            }
            const std::vector<Process> children = children_of(app.id());
            const auto child = std::ranges::find(children, name, &Process::name);
            REQUIRE(child != children.end());
            kill(child->id, SIGKILL);
        },
        [&] { manager.look_after_all(); });
}

void tell(const std::string& fault, const std::string& planted, const Seen& seen) {
    std::istringstream proof(seen.proof);
    for (std::string line; std::getline(proof, line);) {
        std::cout << "proof\t" << fault << '\t' << line << '\n';
    }
    std::cout << "cell\t" << fault << '\t' << planted << '\t' << seen.outcome << std::endl;
    CHECK(!seen.outcome.empty());
}

}  // namespace

TEST_CASE("fault-table", "[fault-table]") {
    constexpr bool once = true;
    const auto component = [](const std::string& fault, bool only_once = false,
                              const std::string& deadline = "1500") {
        return with_fault_in_component(fault, only_once, deadline);
    };
    tell("component throws", "an exception that no contract names, for one value",
         component("throws"));
    tell("component crashes once", "SIGSEGV, the first time for one value",
         component("crashes", once));
    tell("component crashes each time", "SIGSEGV, each time for one value", component("crashes"));
    tell("memory corruption", "a stray write to where the caller keeps its input",
         component("corrupts"));
    tell("component lies", "a wrong result of the right form, for one value", component("lies"));
    tell("component hangs", "no return, the first time for one value",
         component("hangs", once, "10000"));
    tell("slow", "one value takes long, but less than the time limit", component("slow"));
    tell("too slow", "one value takes longer than the time limit, each time", component("slower"));
    tell("component missing", "its file or service is not there", with_other_component("missing"));
    tell("other form", "its file or service has another ABI, or messages of another shape",
         with_other_component("other form"));
    const bool built_together =
        joined() == Joined::in_one_file || joined() == Joined::by_the_linker;
    tell("other form, not announced", "a result's members in another order, and no number says so",
         built_together ? Seen{"not applicable", ""}
                        : with_fault_in_component("", false, "1500", "other_form"));
    tell("other meaning", "a version with the same ABI and shape means something else by a value",
         built_together ? Seen{"not applicable", ""} : component("lies"));
    tell("peer restarts", "a service without a request in hand is killed, back soon",
         with_victim("service1"));
    tell("broker restarts", "the broker is killed, back soon", with_victim("broker"));
    tell("network cut", "all connections cut, back soon", with_victim("way"));
}
