#include "server.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <exception>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/outcome.hpp"
#include "core/parse_value.hpp"
#include "json_input/json_input.hpp"

namespace {

using httplib::Request;
using httplib::Response;
using httplib::Server;

constexpr std::size_t max_body = 1024;  // {"input":-2147483648} takes 21
constexpr std::size_t threads = 32;     // one for each connection that is open at a time

const char* title_of(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        default:
            return "Internal Server Error";
    }
}

void set_problem(Response& response, int status, const std::string& detail) {
    const nlohmann::json problem = {
        {"title", title_of(status)}, {"status", status}, {"detail", detail}};
    response.status = status;
    response.set_content(problem.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace),
                         "application/problem+json");
}

// tag::answer[]
void answer(std::optional<std::int32_t> value, Response& response) {
    if (!value) {
        set_problem(response, 400, "the value " + std::string(not_a_value));
        return;
    }
    try {
        const Outcome outcome = evaluate(*value);
        response.status = outcome.refused() ? 422 : 200;
        response.set_content(to_json(outcome), "application/json");
    } catch (const std::exception& error) {  // else the library sends its text to the caller
        std::cerr << "value-http: " + std::string(error.what()) + '\n';
        set_problem(response, 500, "the core failed");
    }
}
// end::answer[]

// Media types ignore case, and may have blanks before a parameter (RFC 9110).
bool is_json(const std::string& content_type) {
    std::string type = content_type.substr(0, content_type.find(';'));
    type.erase(type.find_last_not_of(" \t") + 1);
    std::ranges::transform(type, type.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return type == "application/json";
}

// Without a length there is no body (RFC 9112), but the library would wait for one.
Server::HandlerResponse refuse_missing_length(const Request& request, Response& response) {
    const bool takes_body =
        request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (!takes_body || request.has_header("Content-Length") ||
        request.has_header("Transfer-Encoding")) {
        return Server::HandlerResponse::Unhandled;
    }
    set_problem(response, 411, "the request has no body");
    return Server::HandlerResponse::Handled;
}

void post_value(const Request& request, Response& response) {
    if (!is_json(request.get_header_value("Content-Type"))) {
        set_problem(response, 415, "the body must be application/json");
        return;
    }
    answer(input_of(request.body), response);
}

// cpp-httplib answers 404 where a path exists, but not for this method.
void refuse_other_methods(Server& server, const std::string& path, const std::string& allowed) {
    const auto refuse = [allowed](const Request&, Response& response) {
        response.set_header("Allow", allowed);
        set_problem(response, 405, "this path takes " + allowed + " only");
    };
    server.Get(path, refuse);  // the first handler that matches is called
    server.Post(path, refuse);
    server.Put(path, refuse);
    server.Patch(path, refuse);
    server.Delete(path, refuse);
    server.Options(path, refuse);
}

void set_limits(Server& server) {
    server.set_payload_max_length(max_body);  // else there is no limit
    server.set_tcp_nodelay(true);  // else an answer waits 40 ms for the ACK of its header
    server.set_keep_alive_max_count(std::numeric_limits<std::int32_t>::max());  // else five
    server.set_keep_alive_timeout(1);  // seconds: an idle connection holds a thread, and stop()
    server.set_read_timeout(5);
    server.set_write_timeout(5);
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
}

}  // namespace

void configure(httplib::Server& server) {
    // tag::routes[]
    server.Get("/value/([^/]+)", [](const Request& request, Response& response) {
        answer(parse_value(request.matches[1].str()), response);
    });
    server.Post("/value", post_value);
    // end::routes[]
    server.set_pre_routing_handler(refuse_missing_length);
    refuse_other_methods(server, "/value/[^/]+", "GET");
    refuse_other_methods(server, "/value", "POST");
    server.set_error_handler([](const Request&, Response& response) {
        if (response.body.empty()) {  // the library's own refusals
            set_problem(response, response.status,
                        response.status == 404   ? "there is /value/42, and POST /value"
                        : response.status == 413 ? "the body is too long"
                                                 : "this request cannot be answered");
        }
    });
    set_limits(server);
}
