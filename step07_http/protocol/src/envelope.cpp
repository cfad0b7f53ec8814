#include "protocol/envelope.hpp"

namespace protocol {

Answer problem(int status, const std::string& detail) {
    const Json body{{"status", status}, {"detail", detail}};
    return {status,
            body.dump(-1, ' ', false, Json::error_handler_t::replace)};  // replaces invalid UTF-8
}

// tag::answer[]
Answer answer(const std::string& body, const Handle& handle) {
    try {
        return {200, handle(Json::parse(body)).dump()};
    } catch (const std::domain_error& error) {  // the value is refused, the next may be fine
        return problem(422, error.what());
    } catch (const MalformedMessage& error) {
        return problem(400, error.what());
    } catch (const Json::exception& error) {
        return problem(400, error.what());
    } catch (const std::exception& error) {
        return problem(500, error.what());
    }
}
// end::answer[]

Json decode_answer(const Answer& answer) {
    Json body = Json::parse(answer.body);
    if (answer.status == 422) {
        throw std::domain_error(body.at("detail").get<std::string>());
    }
    return body;
}

}  // namespace protocol
