// Nobody gets in who should not, and nobody learns a secret.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "faults.hpp"
#include "processes.hpp"

namespace fs = std::filesystem;

namespace {

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The sockets of this kernel that listen or, as those of UDP, take from anybody, by inode: their
// addresses, in the kernel's notation.
std::map<std::string, std::string> open_sockets() {
    std::map<std::string, std::string> found;
    for (const std::string table : {"tcp", "tcp6", "udp", "udp6"}) {
        std::istringstream lines(content_of("/proc/net/" + table));
        std::string line;
        std::getline(lines, line);  // the headings
        while (std::getline(lines, line)) {
            std::istringstream fields(line);
            const std::vector<std::string> words(std::istream_iterator<std::string>(fields), {});
            const std::string& local = words.at(1);
            const std::string& state = words.at(3);
            const std::string& inode = words.at(9);
            if (state == (table.starts_with("tcp") ? "0A" : "07")) {
                found["socket:[" + inode + "]"] = local;
            }
        }
    }
    return found;
}

// Those of one process.
std::vector<std::string> open_sockets(pid_t process) {
    const auto all = open_sockets();
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(process) + "/fd")) {
        std::error_code gone;
        const auto socket = all.find(fs::read_symlink(entry.path(), gone).string());
        if (socket != all.end()) {
            found.push_back(socket->second);
        }
    }
    return found;
}

bool is_loopback(const std::string& address) {
    return address.starts_with("0100007F:") ||
           address.starts_with("00000000000000000000000001000000:");
}

void check_only_loopback(pid_t process) {
    for (const std::string& address : open_sockets(process)) {
        INFO("process " << process << ", address " << address);
        CHECK(is_loopback(address));
    }
}

std::string service1_path() {
    return fs::absolute(std::getenv("HARNESS_APP")).parent_path() / "service1";
}

}  // namespace

TEST_CASE("nothing-listens-beyond-loopback", "[step06][step07][step08]") {
    Deployment deployment;
    Program app = deployment.start_app({.arguments = {"-"}, .keep_input_open = true});
    app.type("42\n");
    app.await_lines(6);
    check_only_loopback(app.id());
    for (const Part part : all_parts()) {
        check_only_loopback(deployment[part].id());
        const bool listens = part == Part::broker || step_under_test() == "step07";
        CHECK(open_sockets(deployment[part].id()).size() == (listens ? 1 : 0));
    }
    CHECK(open_sockets(app.id()).empty());
    if (step_under_test() == "step06") {
        const std::vector<Process> services = children_of(app.id());
        CHECK(services.size() == 2);
        for (const Process& service : services) {
            CHECK(open_sockets(service.id).empty());
        }
    }
    app.end_input();
    CHECK(app.wait() == 0);
}

TEST_CASE("a-service-listens-on-loopback-by-default", "[step07]") {
    Program service({.program = service1_path()});
    const std::string address = service.await_error("(127.0.0.1:3001)");
    const std::string error = service.err();
    if (error.find("cannot listen") != std::string::npos) {  // this one is in use, and no other
        CHECK(service.wait() == 3);
        return;
    }
    service.await_lines(1);
    CHECK(open_sockets(service.id()) == std::vector<std::string>{"0100007F:0BB9"});
    check_ends_well(service);
}

TEST_CASE("password-in-a-url", "[step07]") {
    const Deployment deployment(no_parts);
    for (const std::string url :
         {"http://me:s3cret@127.0.0.1:1", "http://me:s3cret@127.0.0.1", "http://s3cret@[::1]:1",
          "http://me:s3/cret@127.0.0.1:1", "http://me:s3@cret@127.0.0.1:1", "me:s3cret@127.0.0.1:1",
          "https://me:s3cret@127.0.0.1:1"}) {
        INFO("URL: " << url);
        Program app =
            deployment.start_app({.arguments = {"--service1", url, "--deadline", "100", "42"}});
        CHECK(app.wait() == 2);
        CHECK(app.err().find("s3") == std::string::npos);
        CHECK(app.err().find("--service1 or SERVICE1_URL") != std::string::npos);
    }
}

TEST_CASE("secrets-in-usage-errors", "[step08]") {
    const Deployment deployment(no_parts);
    const std::string secret = "nats://me:s3cret@127.0.0.1:1";
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"--nats", secret, "--dance"}, {"--nats", secret, "--tls-ca"}}) {
        INFO(arguments.front());
        Program app = deployment.start_app({.arguments = arguments});
        CHECK(app.wait() == 2);
        CHECK(app.err().find("s3cret") == std::string::npos);
        Program service = deployment.launch(Part::service1, {.arguments = arguments});
        CHECK(service.wait() == 2);
        CHECK(service.err().find("s3cret") == std::string::npos);
    }
    for (const auto& [bad, status] :
         std::vector<std::pair<std::string, int>>{{"s3cret", 3},
                                                  {"nats://:s3cret@127.0.0.1:1", 3},
                                                  {"nats://me:s3cret@127.0.0.1:x", 2}}) {
        INFO("NATS_URL: " << bad);
        Program app = deployment.start_app(
            {.arguments = {"--deadline", "100"}, .environment = {{"NATS_URL", bad}}});
        CHECK(app.wait() == status);
        if (bad.find('@') != std::string::npos) {
            CHECK(app.err().find("s3cret") == std::string::npos);
        }
    }
}
