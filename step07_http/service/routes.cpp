#include "service/routes.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "http/address.hpp"
#include "http/server.hpp"
#include "protocol/deadline.hpp"
#include "protocol/envelope.hpp"

namespace {

using protocol::Answer;
using protocol::problem;

constexpr const char* request_id = "X-Request-ID";

struct Route {
    std::string method;
    std::string path;
    std::function<Answer(const std::string& body)> answer;
};

struct Routes {
    std::vector<Route> routes;
    std::set<std::string> names;
    int limit;  // of requests in progress; 0: none
};

// A request's place among those in progress, if there is one left.
class Place {
public:
    explicit Place(int limit) : found_(++taken() <= limit || limit == 0) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { --taken(); }

    bool found() const { return found_; }

private:
    static std::atomic<int>& taken() {
        static std::atomic<int> count = 0;
        return count;
    }

    bool found_;
};

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

// For a log: a request could forge lines in it, or command a terminal.
std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return std::isprint(c) == 0; }, '?');
    return text.substr(0, 100);
}

void set_answer(httplib::Response& response, const Answer& answer) {
    response.status = answer.status;
    response.set_content(answer.body, answer.content_type);
    if (answer.status == 503) {
        response.set_header("Retry-After", "1");  // in seconds, and there is no shorter time
    }
}

// tag::routes[]
std::vector<Route> routes_of(const Service& service) {
    std::vector<Route> routes{{"GET", "/health", [&service](const std::string&) -> Answer {
                                   const protocol::Health health{service.name, service.version};
                                   return {200, protocol::content_type, write(health)};
                               }}};
    for (const auto& operation : service.operations) {
        const std::string name = operation.first;
        routes.push_back({"POST", "/" + name, [&service, name](const std::string& body) {
                              return protocol::answer(body, [&](const protocol::Json& payload) {
                                  return service.call(name, payload);
                              });
                          }});
    }
    return routes;
}
// end::routes[]

// tag::hosts[]
// A page of a browser asks with the name that it came from, which may lead here for a while, and
// tells its origin with all but the simplest requests.
std::optional<Answer> refuse_pages(const httplib::Request& request, const http::RequestHead& head,
                                   const std::set<std::string>& names) {
    if (!names.empty() && !head.host.empty() && !http::is_loopback(head.host) &&
        !names.contains(head.host)) {
        return problem(421, "this service does not have that name; give it one with --host");
    }
    if (request.has_header("Origin")) {
        return problem(403, "this service does not answer pages of a browser");
    }
    return std::nullopt;
}
// end::hosts[]

bool is_json(const httplib::Request& request) {
    const std::string type = request.get_header_value("Content-Type");
    const std::string bare = type.substr(0, type.find(';'));
    const std::string encoding = http::lower(request.get_header_value("Content-Encoding"));
    return request.get_header_value_count("Content-Type") == 1 &&
           http::lower(bare.substr(0, bare.find_last_not_of(" \t") + 1)) ==
               protocol::content_type &&
           (encoding.empty() || encoding == "identity");
}

// tag::limit[]
// Begins no more than the limit allows, and nothing that nobody waits for any more.
Answer answer_in_time(const Route& route, const httplib::Request& request, const std::string& body,
                      int limit) {
    const Place place(limit);
    if (!place.found()) {
        return problem(503, "too much to do");
    }
    if (protocol::is_late(request.get_header_value(protocol::deadline_header))) {
        return problem(503, "the caller's deadline has passed");
    }
    return route.answer(body);
}
// end::limit[]

Answer answer_operation(const Route& route, const httplib::Request& request,
                        const http::RequestHead& head, int limit) {
    if (!head.length && !head.is_chunked) {
        return problem(411, "the request has no Content-Length");
    }
    if (!is_json(request)) {
        return problem(415, "the body must be application/json");
    }
    std::string body;
    switch (http::Server::read_body(head, protocol::max_message_size, body)) {
        case http::BodyEnd::reached:
            return answer_in_time(route, request, body, limit);
        case http::BodyEnd::too_far:
            return problem(413, "the body is too long");
        case http::BodyEnd::malformed:
            break;
    }
    return problem(400, "the body is cut off");
}

// tag::find_route[]
Answer find_answer(const Routes& routes, const httplib::Request& request,
                   const http::RequestHead& head, httplib::Response& response) {
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    for (const Route& route : routes.routes) {
        if (route.path != head.path) {
            continue;
        }
        if (route.method != method) {
            response.set_header("Allow", route.method);
            return problem(405, "this path takes " + route.method + " only");
        }
        return method == "GET" ? route.answer("")
                               : answer_operation(route, request, head, routes.limit);
    }
    return problem(404, "there is no such path");
}
// end::find_route[]

Answer answer(const Routes& routes, const httplib::Request& request, httplib::Response& response) {
    http::RequestHead head;
    try {
        head = http::parse_head(request);
    } catch (const std::invalid_argument& error) {
        return problem(400, std::string("malformed HTTP request: ") + error.what());
    }
    const auto refusal = refuse_pages(request, head, routes.names);
    Answer answer = refusal ? *refusal : find_answer(routes, request, head, response);
    if (!head.has_body() && answer.status != 411) {
        http::Server::begin_answer(head);
    }
    return answer;
}

// What was thrown where no answer was at hand: there is no memory for one.
void describe_exception(const httplib::Request&, httplib::Response& response,
                        const std::exception_ptr&) {
    set_answer(response, problem(503, "out of memory"));
}

// The library's own refusals.
void describe_refusal(const httplib::Request&, httplib::Response& response) {
    if (response.body.empty()) {
        set_answer(response,
                   problem(response.status, response.status == 414 ? "the target is too long"
                                                                   : "malformed HTTP request"));
    }
}

}  // namespace

void add_routes(httplib::Server& server, const Service& service, std::set<std::string> names,
                int limit, const Story& story) {
    server.set_pre_routing_handler(
        [routes = Routes{routes_of(service), std::move(names), limit}](
            const httplib::Request& request, httplib::Response& response) {
            response.set_header(request_id, request_id_for(request));
            set_answer(response, answer(routes, request, response));
            return httplib::Server::HandlerResponse::Handled;  // the library's routes know no 405
        });
    server.set_exception_handler(describe_exception);
    server.set_error_handler(describe_refusal);
    server.set_logger([&](const httplib::Request& request, const httplib::Response& response) {
        story.tell(service.name + ": request " + response.get_header_value(request_id) + ": " +
                   printable(request.method + " " + request.path) + " " +
                   std::to_string(response.status));
    });
}
