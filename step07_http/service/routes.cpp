#include "service/routes.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <random>
#include <string>
#include <vector>

#include "http/server.hpp"
#include "protocol/envelope.hpp"

namespace {

using protocol::Answer;
using protocol::problem;

constexpr const char* request_id = "X-Request-ID";

struct Route {
    std::string method;
    std::string path;
    std::function<Answer(const httplib::Request& request, const std::string& body)> answer;
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
    response.set_content(answer.body, answer.content_type.c_str());
}

// tag::routes[]
std::vector<Route> routes_of(const Service& service) {
    std::vector<Route> routes{{"GET", "/health", [&](const auto&, const auto&) -> Answer {
                                   const protocol::Health health{service.name, service.version};
                                   return {200, protocol::content_type, write(health)};
                               }}};
    for (const auto& [name, operation] : service.operations) {
        routes.push_back({"POST", "/" + name, [&](const auto& request, const auto& body) {
                              const std::string type = request.get_header_value("Content-Type");
                              return type.substr(0, type.find(';')) != protocol::content_type
                                         ? problem(415, "the body must be application/json")
                                         : protocol::answer(body, [&](const protocol::Json& json) {
                                               return service.call(name, json);
                                           });
                          }});
    }
    return routes;
}
// end::routes[]

Answer answer(const std::vector<Route>& routes, const httplib::Request& request,
              const std::string& body, httplib::Response& response) {
    http::Server::begin_answer();
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    for (const Route& route : routes) {
        if (route.path == request.path && route.method == method) {
            return route.answer(request, body);
        }
        if (route.path == request.path) {
            response.set_header("Allow", route.method);
            return problem(405, "this path takes " + route.method + " only");
        }
    }
    return problem(404, "there is no such path");
}

// Reads a body up to the limit, and says what is wrong with it. The library's own limit does not
// hold for a chunked body.
Answer read_body(const httplib::Request& request, const httplib::ContentReader& read,
                 std::string& body) {
    if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
        return problem(400, "the request has no Content-Length");  // when would it end?
    }
    const bool whole = read([&body](const char* data, std::size_t size) {
        body.append(data, size);
        return body.size() <= protocol::max_message_size;
    });
    return whole                                      ? Answer{200, "", ""}
           : body.size() > protocol::max_message_size ? problem(413, "the body is too long")
                                                      : problem(400, "the body is cut off");
}

void set_handlers(httplib::Server& server, const std::vector<Route>& routes) {
    const auto without_body = [routes](const httplib::Request& request,
                                       httplib::Response& response) {
        set_answer(response, answer(routes, request, "", response));
    };
    const auto with_body = [routes](const httplib::Request& request, httplib::Response& response,
                                    const httplib::ContentReader& read) {
        std::string body;
        const Answer refusal = read_body(request, read, body);
        if (refusal.status == 200) {
            set_answer(response, answer(routes, request, body, response));
            return;
        }
        http::Server::end_after_answer();
        if (response.status != 413) {
            set_answer(response, refusal);
        }
    };
    server.Get(".*", without_body);
    server.Options(".*", without_body);
    server.Post(".*", with_body);
    server.Put(".*", with_body);
    server.Patch(".*", with_body);
    server.Delete(".*", with_body);
}

// The library's own refusals: 413, bad HTTP.
void describe_refusal(const httplib::Request&, httplib::Response& response) {
    if (response.body.empty()) {
        set_answer(response,
                   problem(response.status, response.status == 413 ? "the body is too long"
                                                                   : "malformed HTTP request"));
    }
}

}  // namespace

void add_routes(httplib::Server& server, const Service& service, const Story& story) {
    server.set_payload_max_length(protocol::max_message_size);  // else there is no limit
    set_handlers(server, routes_of(service));
    server.set_pre_routing_handler(
        [](const httplib::Request& request, httplib::Response& response) {
            response.set_header(request_id, request_id_for(request));
            return httplib::Server::HandlerResponse::Unhandled;
        });
    server.set_error_handler(describe_refusal);
    server.set_logger([&](const httplib::Request& request, const httplib::Response& response) {
        story.tell(service.name + ": request " + response.get_header_value(request_id) + ": " +
                   printable(request.method + " " + request.path) + " " +
                   std::to_string(response.status));
    });
}
