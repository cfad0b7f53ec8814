#include "protocol/envelope.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace protocol {
namespace {

constexpr std::array kinds{"domain", "malformed", "internal", "busy"};  // as in Error::Kind

// Throws what the error means to the caller.
[[noreturn]] void throw_error(const Json& error) {
    const std::string kind = string_member(error, "kind");
    const std::string message = string_member(error, "message");
    if (kind == "domain") {
        throw std::domain_error(message);
    }
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
        throw MalformedMessage("there is no such kind of error");
    }
    throw std::runtime_error("answered with an error: " + message);
}

const Json& object_member(const Json& object, const char* name) {
    const Json& value = member(object, name);
    require(value.is_object(), name, "is not an object");
    return value;
}

std::uint64_t id_member(const Json& object) {
    const Json& value = member(object, "id");
    require(value.is_number_unsigned(), "id", "is not a non-negative integer");
    return value.get<std::uint64_t>();
}

std::string error_line(std::uint64_t id, const Error& error) {
    const char* kind = kinds.at(static_cast<std::size_t>(error.kind));
    return text_of({{"id", id}, {"error", Object{{"kind", kind}, {"message", error.message}}}});
}

}  // namespace

std::string write_version(const std::string& version) {
    return text_of({{"version", version}});
}

std::string read_version(const Json& object) {
    return string_member(object, "version");
}

// The payload is JSON already, and goes into the line as it is.
std::string encode_request(std::uint64_t id, std::string_view operation, std::string_view payload) {
    std::string line = "{\"id\":" + std::to_string(id) + ",\"op\":\"";
    line += operation;
    line += "\",\"params\":";
    line += payload;
    return line += '}';
}

std::string answer(
    std::string_view line,
    const std::function<std::string(const std::string& operation, const Json& payload)>& handle) {
    std::uint64_t id = 0;
    try {
        const Json request = parse(line);
        id = id_member(request);
        const std::string operation = string_member(request, "op");
        const std::string result = handle(operation, object_member(request, "params"));
        return "{\"id\":" + std::to_string(id) + ",\"result\":" + result + '}';
    } catch (const std::exception&) {
        return error_line(id, current_error());
    }
}

void decode_reply(std::string_view line, std::uint64_t id,
                  const std::function<void(const Json& result)>& read) {
    const Json reply = parse(line);
    if (id_member(reply) != id) {
        throw MalformedMessage("the id is of another request");
    }
    if (reply.contains("error")) {
        throw_error(object_member(reply, "error"));
    }
    read(object_member(reply, "result"));
}

}  // namespace protocol
