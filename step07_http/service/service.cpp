#include "service/service.hpp"

#include <httplib.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <exception>
#include <iostream>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

#include "service/connection_threads.hpp"
#include "service/options.hpp"

namespace {

using namespace std::chrono_literals;
using protocol::Error;
using protocol::Problem;

constexpr std::size_t max_connections = 500;  // below the usual limit of 1024 open files
constexpr auto idle_time = 60s;               // after which a connection without a request ends
constexpr auto read_time = 5s;                // for each piece of a request
constexpr auto write_time = 1s;  // for each piece of an answer; while it lasts the rest may wait
constexpr const char* request_id = "X-Request-ID";

// The caller's request id if it is fit for a header and a log, else a new one.
std::string request_id_for(const httplib::Request& request) {
    std::string given = request.get_header_value(request_id);
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    if (!given.empty() && given.size() <= 64 &&
        given.find_first_not_of(allowed) == std::string::npos) {
        return given;
    }
    static const unsigned run = std::random_device{}();
    static std::atomic<unsigned> count = 0;
    return std::to_string(run) + "-" + std::to_string(++count);
}

// For a log: whoever sends a request could forge lines in it, or command a terminal.
std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return std::isprint(c) == 0; }, '?');
    return text.substr(0, 100);
}

void set_problem(httplib::Response& response, const Problem& problem) {
    response.status = problem.status;
    response.set_content(protocol::encode(problem), protocol::problem_content_type);
}

protocol::Reply reply_to(const Service& service, const std::string& operation,
                         const std::string& body) {
    try {
        return service.answer(protocol::decode_request(operation, body));
    } catch (const protocol::MalformedMessage& error) {
        return Error{Error::Kind::malformed, error.what()};
    } catch (const std::domain_error& error) {
        return Error{Error::Kind::domain, error.what()};
    } catch (const std::exception& error) {
        return Error{Error::Kind::internal, error.what()};
    }
}

// Reads a body up to the limit. The library's own limit does not hold for a chunked body.
bool read_body(const httplib::ContentReader& reader, std::string& body) {
    return reader([&body](const char* data, std::size_t size) {
        body.append(data, size);
        return body.size() <= protocol::max_message_size;
    });
}

void answer(const Service& service, const std::string& operation, const httplib::Request& request,
            const std::string& body, httplib::Response& response) {
    const std::string type = request.get_header_value("Content-Type");
    if (type.substr(0, type.find(';')) != protocol::content_type) {
        set_problem(response, {415, "the body must be application/json"});
        return;
    }
    const protocol::Reply reply = reply_to(service, operation, body);
    if (const auto* error = std::get_if<Error>(&reply)) {
        set_problem(response, protocol::to_problem(*error));
    } else {
        response.set_content(protocol::encode(reply), protocol::content_type);
    }
}

using Handler =
    std::function<void(const httplib::Request&, const std::string& body, httplib::Response&)>;

// For the methods that may have a body.
httplib::Server::HandlerWithContentReader with_body(const Handler& handler) {
    return [handler](const httplib::Request& request, httplib::Response& response,
                     const httplib::ContentReader& reader) {
        if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
            set_problem(response,
                        {400, "the request has no Content-Length"});  // when would it end?
            return;
        }
        std::string body;
        if (read_body(reader, body)) {
            ConnectionThreads::begin_request(request.remote_addr, request.remote_port);
            handler(request, body, response);
        } else if (response.status != 413) {
            const bool too_long = body.size() > protocol::max_message_size;
            set_problem(response, too_long ? Problem{413, "the body is too long"}
                                           : Problem{400, "the body is cut off"});
        }
    };
}

// cpp-httplib answers 404 where a path exists, but not for this method.
void refuse_other_methods(httplib::Server& server, const std::string& path,
                          const std::string& allowed) {
    const auto refuse = [allowed](const httplib::Request&, httplib::Response& response) {
        response.set_header("Allow", allowed);
        set_problem(response, {405, "this path takes " + allowed + " only"});
    };
    const auto refuse_with_body =
        with_body([refuse](const httplib::Request& request, const std::string&,
                           httplib::Response& response) { refuse(request, response); });
    server.Get(path, refuse);  // of two handlers for a method the first is asked
    server.Options(path, refuse);
    server.Post(path, refuse_with_body);
    server.Put(path, refuse_with_body);
    server.Patch(path, refuse_with_body);
    server.Delete(path, refuse_with_body);
}

void add_routes(httplib::Server& server, const Service& service, std::chrono::milliseconds delay) {
    for (const std::string& operation : service.operations) {
        const std::string path = "/" + operation;
        server.Post(path, with_body([&service, operation, delay](const httplib::Request& request,
                                                                 const std::string& body,
                                                                 httplib::Response& response) {
                        std::this_thread::sleep_for(delay);
                        answer(service, operation, request, body, response);
                    }));
        refuse_other_methods(server, path, "POST");
    }
    server.Get("/health", [&service](const httplib::Request&, httplib::Response& response) {
        response.set_content(protocol::encode(protocol::Health{service.name, service.version}),
                             protocol::content_type);
    });
    refuse_other_methods(server, "/health", "GET");

    const auto unknown =
        with_body([](const httplib::Request&, const std::string&, httplib::Response& response) {
            set_problem(response, {404, "there is no such path"});
        });
    server.Post(".*", unknown);
    server.Put(".*", unknown);
    server.Patch(".*", unknown);
    server.Delete(".*", unknown);
}

void configure(httplib::Server& server, const Service& service, const ServiceOptions& options) {
    add_routes(server, service, options.delay);
    server.set_pre_routing_handler(
        [](const httplib::Request& request, httplib::Response& response) {
            response.set_header(request_id, request_id_for(request));
            return httplib::Server::HandlerResponse::Unhandled;
        });
    server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
        if (response.body.empty()) {  // the library's own refusals: 404, 413, bad HTTP
            set_problem(response,
                        {response.status, response.status == 404   ? "there is no such path"
                                          : response.status == 413 ? "the body is too long"
                                                                   : "this is no request"});
        }
    });
    const bool quiet = options.quiet;
    server.set_logger([&service, quiet](const httplib::Request& request,
                                        const httplib::Response& response) {  // it has been sent
        ConnectionThreads::end_request(request.remote_addr, request.remote_port);
        if (!quiet) {
            std::cerr << service.name + ": request " + response.get_header_value(request_id) +
                             ": " + printable(request.method + " " + request.path) + " " +
                             std::to_string(response.status) + "\n";
        }
    });
    // tag::settings[]
    server.set_payload_max_length(protocol::max_message_size);  // else there is no limit
    server.set_tcp_nodelay(true);  // else an answer waits 40 ms for the ACK of its header
    server.set_keep_alive_max_count(std::numeric_limits<std::int32_t>::max());  // else five
    server.set_keep_alive_timeout(std::chrono::seconds(idle_time).count());
    server.set_read_timeout(std::chrono::seconds(read_time).count());
    server.set_write_timeout(std::chrono::seconds(write_time).count());
    server.new_task_queue = [] { return new ConnectionThreads(max_connections); };
    // end::settings[]
}

// tag::bind[]
// Binds, and returns the port. Throws std::runtime_error if the address is not to be had.
int bind(httplib::Server& server, const ServiceOptions& options) {
    int listener = -1;
    server.set_socket_options([&listener](int socket) {
        const int yes = 1;  // and not SO_REUSEPORT, the default: two servers would share the port
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        listener = socket;
    });
    const int port = options.port == 0 ? server.bind_to_any_port(options.host)
                     : server.bind_to_port(options.host, options.port) ? options.port
                                                                       : -1;
    if (port < 0) {
        throw std::runtime_error("cannot listen on " + options.host + ":" +
                                 std::to_string(options.port) + ": " + std::strerror(errno) +
                                 "; name another address with --listen or SERVICE_LISTEN");
    }
    ::listen(listener, 512);  // the library's 5 make the sixth of a crowd wait a second
    return port;
}
// end::bind[]

void serve(const Service& service, const ServiceOptions& options) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // for all threads to come: sigwait() takes them

    httplib::Server server;
    configure(server, service, options);
    const int port = bind(server, options);
    const bool is_ipv6 = options.host.find(':') != std::string::npos;
    const std::string address =
        (is_ipv6 ? '[' + options.host + ']' : options.host) + ':' + std::to_string(port);
    std::cout << "http://" << address << std::endl;  // for whoever started it
    if (!options.quiet) {
        std::cerr << service.name + " (pid " + std::to_string(getpid()) + "): version " +
                         service.version + ", listens on " + address + "\n";
    }

    std::atomic<bool> ended = false;
    bool ended_well = false;
    std::thread listening([&] {
        ended_well = server.listen_after_bind();
        ended = true;
        kill(getpid(), SIGTERM);  // wakes the sigwait() below if it was not that which ended this
    });
    int signal = 0;
    sigwait(&signals, &signal);
    while (!server.is_running() && !ended) {
        std::this_thread::sleep_for(1ms);  // stop() is deaf until then
    }
    server.stop();
    listening.join();
    if (!ended_well) {
        throw std::runtime_error("cannot accept connections any more");
    }
    if (!options.quiet) {
        std::cerr << service.name + ": ends\n";
    }
}

}  // namespace

int run_service(const Service& service, std::span<char* const> arguments) {
    try {
        const ServiceOptions options = parse_service_arguments(arguments, service.default_port);
        if (options.help) {
            std::cout << "Usage: " << service.name << " [options]\n" << service_usage;
        } else if (options.version) {
            std::cout << service.name << ' ' << service.version << '\n';
        } else {
            serve(service, options);
        }
        return 0;
    } catch (const std::invalid_argument& error) {
        std::cerr << service.name << ": " << error.what() << "; try '" << service.name
                  << " --help'\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << service.name << ": " << error.what() << '\n';
        return 3;
    }
}
