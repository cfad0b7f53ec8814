#include <unistd.h>

#include <chrono>
#include <cstdint>

#include "protocol/envelope.hpp"
#include "protocol/line_reader.hpp"
#include "service/run_service.hpp"
#include "shell.hpp"

namespace {

// A request comes as a line of standard input, its reply goes to standard output. Serves until its
// input ends, too.
class LineServer final : public Server {
public:
    std::string_view usage() const override { return ""; }
    bool take(Arguments&) override { return false; }
    void serve(const Service& service, const StopSignals& signals, const Story& story) override;
};

// tag::serve[]
void LineServer::serve(const Service& service, const StopSignals& signals, const Story& story) {
    story.tell(service.title() + ": version " + service.version + ", one JSON request per line");

    Service extended = service;
    extended.operations["version"] = [&](const auto&) {
        return protocol::write_version(service.version);
    };
    const auto handle = [&](const std::string& operation, const protocol::Json& payload) {
        return extended.call(operation, payload);
    };
    constexpr std::chrono::milliseconds for_ever{-1};
    protocol::LineReader lines(STDIN_FILENO);
    std::uint64_t answered = 0;
    do {
        while (const auto line = lines.take()) {
            print(protocol::answer(*line, handle) + '\n');
            ++answered;
        }
    } while (!signals.wait(STDIN_FILENO, for_ever) && lines.fill());

    story.tell(service.title() + ": ends after " + std::to_string(answered) + " answers");
}
// end::serve[]

}  // namespace

std::unique_ptr<Server> make_server(const std::string&, std::span<char* const>) {
    return std::make_unique<LineServer>();
}
