#include "protocol/envelope.hpp"

namespace protocol {
namespace {

Json error_of(const char* kind, const std::exception& error) {
    return {{"kind", kind}, {"message", error.what()}};
}

}  // namespace

std::string encode_request(std::uint64_t id, const std::string& operation, const Json& params) {
    return Json{{"id", id}, {"op", operation}, {"params", params}}.dump();
}

// tag::answer[]
std::string answer(const std::string& line, const Handle& handle) {
    Json reply{{"id", 0}};
    try {
        const Json request = Json::parse(line);
        reply["id"] = request.at("id");
        reply["result"] = handle(request.at("op").get<std::string>(), request.at("params"));
    } catch (const std::domain_error& error) {  // the value is refused, the next may be fine
        reply["error"] = error_of("domain", error);
    } catch (const MalformedMessage& error) {
        reply["error"] = error_of("malformed", error);
    } catch (const Json::exception& error) {
        reply["error"] = error_of("malformed", error);
    } catch (const std::exception& error) {
        reply["error"] = error_of("internal", error);
    }
    return reply.dump(-1, ' ', false, Json::error_handler_t::replace);  // replaces invalid UTF-8
}
// end::answer[]

Json decode_reply(const std::string& line, std::uint64_t id) {
    const Json reply = Json::parse(line);
    if (reply.at("id") != id) {
        throw MalformedMessage("the id is of another request");
    }
    if (!reply.contains("error")) {
        return reply.at("result");
    }
    const std::string message = reply["error"].at("message").get<std::string>();
    if (reply["error"].at("kind") == "domain") {
        throw std::domain_error(message);
    }
    throw std::runtime_error("answered with an error: " + message);
}

}  // namespace protocol
