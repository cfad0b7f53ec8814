#include "protocol/envelope.hpp"

#include <nlohmann/json.hpp>

namespace protocol {
namespace {

std::string_view title(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 503:
            return "Service Unavailable";
        default:
            return "Internal Server Error";
    }
}

// tag::status_of[]
int status_of(Error::Kind kind) {
    switch (kind) {
        case Error::Kind::domain:
            return 422;
        case Error::Kind::malformed:
            return 400;
        case Error::Kind::busy:
            return 503;
        case Error::Kind::internal:
            break;
    }
    return 500;
}
// end::status_of[]

}  // namespace

Answer problem(int status, const std::string& detail) {
    return {status, problem_content_type,
            text_of({{"type", "about:blank"},
                     {"title", title(status)},
                     {"status", status},
                     {"detail", detail}})};
}

Answer answer(std::string_view body,
              const std::function<std::string(const Json& payload)>& handle) {
    try {
        return {200, content_type, handle(parse(body))};
    } catch (const std::exception&) {
        const Error error = current_error();
        return problem(status_of(error.kind), error.message);
    }
}

void decode_result(std::string_view body, const std::function<void(const Json& result)>& read) {
    read(parse(body));
}

std::string read_detail(std::string_view body) {
    const Json object = parse(body);
    int32_member(object, "status");
    return string_member(object, "detail");
}

std::string write(const Health& health) {
    return text_of({{"name", health.name}, {"version", health.version}});
}

Health read_health(const Json& object) {
    return {string_member(object, "name"), string_member(object, "version")};
}

}  // namespace protocol
