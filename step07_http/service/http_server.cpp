#include "service/http_server.hpp"

#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <future>
#include <map>
#include <stdexcept>
#include <thread>

#include "protocol/envelope.hpp"
#include "service/stop_signals.hpp"
#include "shell.hpp"
#include "story.hpp"

namespace {

using namespace std::chrono_literals;
using httplib::Request;
using httplib::Response;

void send(Response& response, const protocol::Answer& answer) {
    response.status = answer.status;
    response.set_content(answer.body,
                         answer.status == 200 ? "application/json" : "application/problem+json");
}

// tag::routes[]
void add_routes(httplib::Server& server, const Service& service, const ServiceOptions& options) {
    std::map<std::string, std::string> methods{{"/health", "GET"}};  // by path
    server.Get("/health", [&](const Request&, Response& response) {
        const protocol::Json health{{"name", service.name}, {"version", service.version}};
        send(response, {200, health.dump()});
    });
    for (const auto& entry : service.operations) {
        methods['/' + entry.first] = "POST";
        server.Post('/' + entry.first, [&](const Request& request, Response& response) {
            std::this_thread::sleep_for(options.delay);
            send(response, protocol::answer(request.body, entry.second));
        });
    }
    server.set_error_handler([methods](const Request& request, Response& response) {
        const auto path = methods.find(request.path);
        if (response.status == 404 && path != methods.end()) {
            response.set_header("Allow", path->second);
            send(response, protocol::problem(405, "this path takes " + path->second + " only"));
        } else if (response.body.empty()) {  // the library has refused it
            send(response, protocol::problem(response.status,
                                             response.status == 404   ? "there is no such path"
                                             : response.status == 413 ? "the body is too long"
                                                                      : "this is no HTTP request"));
        }
    });
}
// end::routes[]

// tag::ids[]
// A caller may name its request. The name is in the answer, and in the stories of both sides.
void tell_requests(httplib::Server& server, const std::string& name, const Story& story) {
    server.set_post_routing_handler([&](const Request& request, Response& response) {
        static std::atomic<int> unnamed = 0;
        const std::string given = request.get_header_value("X-Request-ID");
        const std::string id = given.empty() ? "unnamed-" + std::to_string(++unnamed) : given;
        response.set_header("X-Request-ID", id);
        std::string line = name + ": request " + id + ": " + request.method + ' ' + request.path +
                           ' ' + std::to_string(response.status);
        std::ranges::replace_if(  // a request must not forge lines or command a terminal
            line, [](unsigned char c) { return std::isprint(c) == 0; }, '?');
        story.tell(line);
    });
}
// end::ids[]

// tag::settings[]
// Where the library's defaults hurt.
void set_up(httplib::Server& server) {
    server.new_task_queue = [] { return new httplib::ThreadPool(64); };  // a thread per connection
    server.set_keep_alive_max_count(100);  // then a connection ends, and others get its thread
    server.set_keep_alive_timeout(1);      // s; also delays shutdown
    server.set_read_timeout(2s);           // for each piece of a request
    server.set_payload_max_length(65536);
    server.set_tcp_nodelay(true);  // else an answer waits 40 ms for the ACK of its header
}

// Returns the port.
int listen(httplib::Server& server, const std::string& host, int port) {
    int listener = -1;
    server.set_socket_options([&](int socket) {
        const int yes = 1;  // and not SO_REUSEPORT: two servers would share the port
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        listener = socket;
    });
    const int bound =
        port == 0 ? server.bind_to_any_port(host) : (server.bind_to_port(host, port) ? port : -1);
    if (bound == -1 || ::listen(listener, 512) != 0) {  // with 5 the sixth of a crowd waits 1 s
        const std::string reason = listener == -1 ? "no such host" : std::strerror(errno);
        throw std::runtime_error("cannot listen on " + host + ':' + std::to_string(port) + ": " +
                                 reason + "; name another address with --listen or SERVICE_LISTEN");
    }
    return bound;
}
// end::settings[]

}  // namespace

// tag::serve[]
void serve(const Service& service, const ServiceOptions& options, const std::string& host,
           int port) {
    const StopSignals signals;
    const Story story(options.quiet);
    httplib::Server server;
    set_up(server);
    add_routes(server, service, options);
    tell_requests(server, service.name, story);
    const std::string address = host + ':' + std::to_string(listen(server, host, port));
    print("http://" + address + '\n');  // for the program that started it
    story.tell(service.name + " (pid " + std::to_string(getpid()) + "): version " +
               service.version + ", listens on " + address);

    auto accepting = std::async(std::launch::async, [&] { return server.listen_after_bind(); });
    while (accepting.wait_for(1ms) == std::future_status::timeout &&
           !(server.is_running() && signals.wait(100ms))) {  // before it runs, stop() does nothing
    }
    server.stop();
    if (!accepting.get()) {  // waits for the requests in hand
        throw std::runtime_error("cannot accept connections any more");
    }
    story.tell(service.name + ": ends");
}
// end::serve[]
