// The app over functions: a call to a function, beside a bare HTTP exchange. Arguments: the URL of
// the emulator.

#include <chrono>
#include <string>

#include "floors/http_library.hpp"
#include "floors/plain_json.hpp"
#include "function_client.hpp"
#include "remote_processor.hpp"
#include "rounds.hpp"
#include "story.hpp"

int main(int, char* argv[]) {
    using std::chrono::seconds;
    const Story story(true);
    FunctionClient function1(argv[1], "function1", {seconds(3), seconds(10)}, story);
    const RemoteProcessor processor(function1);

    const HttpLibraryServer server(Settings::good, {"process"});
    HttpLibraryClient client(server.port(), Settings::good);
    PlainClient bare(Style::body, [&](const std::string& operation, const std::string& body) {
        return client.exchange(operation, body);
    });

    Rounds rounds;
    rounds.time("call", [&] { processor.process(42); });
    rounds.time("httplib", [&] { bare.process(); });
    return rounds.run();
}
