#include "protocol/envelope.hpp"

namespace protocol {
namespace {

Json error_of(const char* kind, const std::exception& error) {
    return {{"kind", kind}, {"message", error.what()}};
}

}  // namespace

std::string subject(const std::string& operation) {
    return "service." + operation;
}

// tag::answer[]
std::string answer(const std::string& request, const Handle& handle) {
    Json reply;
    try {
        reply["result"] = handle(Json::parse(request));
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

Json decode_reply(const std::string& text) {
    const Json reply = Json::parse(text);
    if (!reply.contains("error")) {
        return reply.at("result");
    }
    const std::string message = reply["error"].at("message").get<std::string>();
    if (reply["error"].at("kind") == "domain") {
        throw std::domain_error(message);
    }
    throw std::runtime_error("the service answers: " + message);
}

}  // namespace protocol
