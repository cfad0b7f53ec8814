#include "protocol/messages.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace protocol {
namespace {

using nlohmann::json;
using Object = nlohmann::ordered_json;  // written in the order of its members

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

// Reading: every member is checked, since get<int>() would make 2 of 2.9 and 1 of true.

json parse(std::string_view text) {
    if (text.size() > max_message_size) {
        throw MalformedMessage("the message is longer than " + std::to_string(max_message_size) +
                               " bytes");
    }
    json value = json::parse(text, nullptr, false);
    if (!value.is_object()) {
        throw MalformedMessage("the message is not a JSON object");
    }
    return value;
}

const json& member(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) {
        throw MalformedMessage("'" + std::string(name) + "' is missing");
    }
    return *found;
}

// tag::int32_member[]
std::int32_t int32_member(const json& object, const char* name) {
    using Limits = std::numeric_limits<std::int32_t>;
    const json& value = member(object, name);
    const bool fits = value.is_number_unsigned()
                          ? value.get<std::uint64_t>() <= std::uint64_t{Limits::max()}
                          : value.is_number_integer() &&
                                value.get<std::int64_t>() >= Limits::min();  // so it is negative
    if (!fits) {
        throw MalformedMessage("'" + std::string(name) + "' is not a 32-bit integer");
    }
    return value.get<std::int32_t>();
}
// end::int32_member[]

bool bool_member(const json& object, const char* name) {
    const json& value = member(object, name);
    if (!value.is_boolean()) {
        throw MalformedMessage("'" + std::string(name) + "' is not true or false");
    }
    return value.get<bool>();
}

std::string string_member(const json& object, const char* name) {
    const json& value = member(object, name);
    if (!value.is_string()) {
        throw MalformedMessage("'" + std::string(name) + "' is not a string");
    }
    return value.get<std::string>();
}

// Writing never fails: what is not UTF-8 is replaced.
std::string write(const Object& object) {
    return object.dump(-1, ' ', false, Object::error_handler_t::replace);
}

// The operations: a name, parameters and a result for each.

Object parameters(const Request& request) {
    return std::visit(
        Overloaded{
            [](const ProcessRequest& r) {
                return Object{{"input", r.input}};
            },
            [](const ValidateRequest& r) {
                return Object{{"value", r.value}, {"processed", r.processed}};
            },
            [](const TransformRequest& r) {
                return Object{{"value", r.value}};
            },
            [](const AnalyzeRequest& r) {
                return Object{{"original", r.original}, {"transformed", r.transformed}};
            },
        },
        request);
}

Request read_request(std::string_view operation, const json& parameters) {
    if (operation == "process") {
        return ProcessRequest{int32_member(parameters, "input")};
    }
    if (operation == "validate") {
        return ValidateRequest{int32_member(parameters, "value"),
                               bool_member(parameters, "processed")};
    }
    if (operation == "transform") {
        return TransformRequest{int32_member(parameters, "value")};
    }
    if (operation == "analyze") {
        return AnalyzeRequest{int32_member(parameters, "original"),
                              string_member(parameters, "transformed")};
    }
    throw MalformedMessage("there is no such operation");
}

std::string_view title(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 422:
            return "Unprocessable Content";
        default:
            return "Internal Server Error";
    }
}

Object describe(const Problem& problem) {
    return {{"type", "about:blank"},
            {"title", title(problem.status)},
            {"status", problem.status},
            {"detail", problem.detail}};
}

Object result(const Reply& reply) {
    return std::visit(
        Overloaded{
            [](const Error& r) { return describe(to_problem(r)); },
            [](const ProcessReply& r) {
                return Object{{"value", r.value}, {"processed", r.processed}};
            },
            [](const ValidateReply& r) {
                return Object{{"valid", r.valid}};
            },
            [](const TransformReply& r) {
                return Object{{"original", r.original}, {"transformed", r.transformed}};
            },
            [](const AnalyzeReply& r) {
                return Object{{"analysis", r.analysis}};
            },
        },
        reply);
}

Reply read_result(const Request& request, const json& result) {
    return std::visit(Overloaded{
                          [&](const ProcessRequest&) -> Reply {
                              return ProcessReply{int32_member(result, "value"),
                                                  bool_member(result, "processed")};
                          },
                          [&](const ValidateRequest&) -> Reply {
                              return ValidateReply{bool_member(result, "valid")};
                          },
                          [&](const TransformRequest&) -> Reply {
                              return TransformReply{int32_member(result, "original"),
                                                    string_member(result, "transformed")};
                          },
                          [&](const AnalyzeRequest&) -> Reply {
                              return AnalyzeReply{string_member(result, "analysis")};
                          },
                      },
                      request);
}

}  // namespace

std::string_view operation(const Request& request) {
    return std::visit(Overloaded{
                          [](const ProcessRequest&) { return "process"; },
                          [](const ValidateRequest&) { return "validate"; },
                          [](const TransformRequest&) { return "transform"; },
                          [](const AnalyzeRequest&) { return "analyze"; },
                      },
                      request);
}

std::string encode(const Request& request) {
    return write(parameters(request));
}

std::string encode(const Reply& reply) {
    return write(result(reply));
}

std::string encode(const Health& health) {
    return write({{"name", health.name}, {"version", health.version}});
}

std::string encode(const Problem& problem) {
    return write(describe(problem));
}

// tag::to_problem[]
Problem to_problem(const Error& error) {
    switch (error.kind) {
        case Error::Kind::domain:
            return {422, error.message};
        case Error::Kind::malformed:
            return {400, error.message};
        case Error::Kind::internal:
            break;
    }
    return {500, error.message};
}
// end::to_problem[]

Request decode_request(std::string_view operation, std::string_view body) {
    return read_request(operation, parse(body));
}

Reply decode_reply(std::string_view body, const Request& request) {
    return read_result(request, parse(body));
}

Health decode_health(std::string_view body) {
    const json health = parse(body);
    return {string_member(health, "name"), string_member(health, "version")};
}

Problem decode_problem(std::string_view body) {
    const json problem = parse(body);
    return {int32_member(problem, "status"), string_member(problem, "detail")};
}

}  // namespace protocol
