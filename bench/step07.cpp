// Step 07: a call to an HTTP service. Arguments: the URL of service1.

#include <memory>
#include <string>

#include "concurrent.hpp"
#include "floors/http.hpp"
#include "floors/http_library.hpp"
#include "floors/plain_json.hpp"
#include "floors/tcp.hpp"
#include "http_client.hpp"
#include "remote_processor.hpp"
#include "rounds.hpp"

namespace {

// Two servers, as the step has.
struct Servers {
    explicit Servers(Settings wanted) : settings(wanted) {}

    Settings settings;
    HttpLibraryServer server1{settings, {"process", "validate", "run"}};
    HttpLibraryServer server2{settings, {"transform", "analyze"}};
};

// JSON over connections of its own.
PlainClient json_to(const Servers& servers) {
    const auto client1 =
        std::make_shared<HttpLibraryClient>(servers.server1.port(), servers.settings);
    const auto client2 =
        std::make_shared<HttpLibraryClient>(servers.server2.port(), servers.settings);
    return {Style::body, [=](const std::string& operation, const std::string& body) {
                const bool second = operation == "transform" || operation == "analyze";
                return (second ? client2 : client1)->exchange(operation, body);
            }};
}

std::string answer_http(const std::string& request) {
    return http_response(plain_answer(Style::body, http_path(request), http_body(request)));
}

}  // namespace

int main(int, char* argv[]) {
    const std::string url = argv[1];

    const std::string request = http_request("process", "{\"input\":42}");
    TcpChild same_bytes([&](const std::string& bytes) { return bytes.size() == request.size(); },
                        [&](const std::string&) { return std::string(request); });
    TcpChild by_hand(is_whole_http, answer_http);
    PlainClient over_socket(Style::body,
                            [&](const std::string& operation, const std::string& body) {
                                return http_body(by_hand.exchange(http_request(operation, body)));
                            });
    const Servers good(Settings::good);
    const Servers nagle(Settings::nagle);
    const Servers defaults(Settings::defaults);
    PlainClient over_library = json_to(good);
    PlainClient with_nagle = json_to(nagle);
    PlainClient with_defaults = json_to(defaults);

    using std::chrono::seconds;
    const Story story(true);
    HttpClient client(url, "service1", {seconds(1), seconds(2), seconds(10)}, story);
    client.set_request_id("bench");
    const RemoteProcessor processor(client);

    Rounds rounds;
    rounds.time("call", [&] { processor.process(42); });
    rounds.time("raw_tcp", [&] { same_bytes.exchange(request); });
    rounds.time("raw_http", [&] { over_socket.process(); });
    rounds.time("httplib", [&] { over_library.process(); });
    rounds.time("nagle", [&] { with_nagle.process(); });
    rounds.time("defaults", [&] { with_defaults.process(); });
    rounds.time("four_calls", [&] { over_library.four_calls(); });
    rounds.time("coarse_call", [&] { over_library.coarse_call(); });
    rounds.on("concurrent", [&](std::istream& arguments) {
        return count_concurrent(
            arguments, [&] { return [json = json_to(good)]() mutable { json.four_calls(); }; });
    });
    return rounds.run();
}
