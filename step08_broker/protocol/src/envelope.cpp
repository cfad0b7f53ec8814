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
    throw std::runtime_error("the service answers: " + message);
}

const Json& object_member(const Json& object, const char* name) {
    const Json& value = member(object, name);
    require(value.is_object(), name, "is not an object");
    return value;
}

}  // namespace

std::string subject(std::string_view operation) {
    return "service." + std::string(operation);
}

std::string answer(std::string_view request,
                   const std::function<std::string(const Json& payload)>& handle) {
    try {
        return "{\"result\":" + handle(parse(request)) + '}';
    } catch (const std::exception&) {
        return encode_error(current_error());
    }
}

std::string encode_error(const Error& error) {
    const char* kind = kinds.at(static_cast<std::size_t>(error.kind));
    return text_of({{"error", Object{{"kind", kind}, {"message", error.message}}}});
}

void decode_reply(std::string_view reply, const std::function<void(const Json& result)>& read) {
    const Json message = parse(reply);
    if (message.contains("error")) {
        throw_error(object_member(message, "error"));
    }
    read(object_member(message, "result"));
}

}  // namespace protocol
