#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "http/address.hpp"
#include "http/server.hpp"
#include "service/routes.hpp"
#include "service/run_service.hpp"
#include "shell.hpp"

namespace {

using namespace std::chrono_literals;

// tag::limits[]
constexpr http::ServerLimits limits{
    .connections = 500,  // below the usual limit of 1024 open files; less if that is
    .idle = 60s,
    .request = 5s,
    .request_bytes = 128 << 10,
    .write = 1s,  // while it lasts the rest may wait
};
// end::limits[]

// If fewer files may be open, there are fewer connections.
http::ServerLimits limits_here() {
    constexpr rlim_t others = 16;  // files, with what the caller may have left open
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur <= others) {
        throw std::runtime_error("only " + std::to_string(files.rlim_cur) +
                                 " files may be open; allow more with ulimit -n");
    }
    http::ServerLimits here = limits;
    here.connections = std::min<std::size_t>(limits.connections, files.rlim_cur - others);
    return here;
}

// Listens until a stop signal comes.
void listen(http::Server& server, const StopSignals& signals) {
    constexpr auto for_ever = -1ms;
    while (!signals.wait(server.listener(), for_ever)) {
        if (!server.accept_connection()) {
            signals.wait(-1, 10ms);  // else it would be asked again at once, and again
        }
    }
    server.finish();
}

http::Address parse_address(const std::string& name, const std::string& text) {
    try {
        return http::parse_listen(text);
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument(name +
                                    " needs HOST:PORT, such as 127.0.0.1:3001: " + error.what());
    }
}

// An operation is a path, and a request's payload the body of a POST.
class HttpServer final : public Server {
public:
    explicit HttpServer(std::string default_address)
        : default_address_(std::move(default_address)) {}

    std::string_view usage() const override;
    bool take(Arguments& arguments) override;
    void serve(const Service& service, const StopSignals& signals, const Story& story) override;

private:
    std::string default_address_;
    std::optional<http::Address> address_;  // nothing: not given as an option
    std::set<std::string> names_;
    int limit_ = 0;
};

std::string_view HttpServer::usage() const {
    return R"(      --listen HOST:PORT where to accept connections; port 0: any that is free
                         (SERVICE_LISTEN; 127.0.0.1:3001 for service1, 3002 for service2)
      --host NAME        answer requests for this name; may be repeated (on loopback only for
                         loopback's names, else for any)
      --limit N          N requests in progress at most; the next one is answered 503 (0: no limit)
)";
}

bool HttpServer::take(Arguments& arguments) {
    if (arguments.is("--listen")) {
        address_ = parse_address("option '--listen'", arguments.text());
    } else if (arguments.is("--host")) {
        names_.insert(http::parse_host(arguments.text()));
    } else if (arguments.is("--limit")) {
        limit_ = arguments.number(0, 1'000'000);
    } else {
        return false;
    }
    return true;
}

void HttpServer::serve(const Service& service, const StopSignals& signals, const Story& story) {
    http::Address address = address_.value_or(
        parse_address("SERVICE_LISTEN", setting("", "SERVICE_LISTEN", default_address_)));
    if (http::is_loopback(http::lower(address.host))) {
        names_.insert(http::lower(address.host));  // so that a browser leads no page here
    }
    // tag::settings[]
    mallopt(M_ARENA_MAX, 2);  // else 8 a core, each with 64 MB of the address space
    http::Server server(limits_here());
    server.set_tcp_nodelay(true);  // else an answer waits 40 ms for the ACK of its header
    // end::settings[]
    add_routes(server, service, names_, limit_, story);
    if (!server.bind(address)) {
        throw std::runtime_error("cannot listen on " + address.shown() + ": " +
                                 std::strerror(errno) +
                                 "; name another address with --listen or SERVICE_LISTEN");
    }
    print("http://" + address.shown() + '\n');  // for the program that started it
    story.tell(service.title() + ": version " + service.version + ", listens on " +
               address.shown());
    listen(server, signals);
    story.tell(service.name + ": ends");
}

}  // namespace

std::unique_ptr<Server> make_server(const std::string& service, std::span<char* const>) {
    return std::make_unique<HttpServer>(service == "service1" ? "127.0.0.1:3001"
                                                              : "127.0.0.1:3002");
}
