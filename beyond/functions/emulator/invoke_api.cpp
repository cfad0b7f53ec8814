#include "invoke_api.hpp"

#include <algorithm>
#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/binary_from_base64.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>
#include <regex>

namespace http = boost::beast::http;

namespace {

const std::string arn = "arn:aws:lambda:us-east-1:000000000000:function:";

std::string new_id() {
    static boost::uuids::random_generator random;
    return to_string(random());
}

std::string new_trace() {
    std::string digits = new_id();
    std::erase(digits, '-');
    return "Root=1-" + digits.substr(0, 8) + '-' + digits.substr(8) + ";Sampled=0";
}

std::string to_base64(std::string bytes) {
    using namespace boost::archive::iterators;
    using Digits = base64_from_binary<transform_width<std::string::const_iterator, 6, 8>>;
    const std::size_t padding = (3 - bytes.size() % 3) % 3;
    bytes.append(padding, '\0');
    std::string text(Digits(bytes.cbegin()), Digits(bytes.cend()));
    return text.replace(text.size() - padding, padding, padding, '=');
}

// Throws std::exception for a text that is none.
std::string from_base64(const std::string& text) {
    using namespace boost::archive::iterators;
    using Bytes = transform_width<binary_from_base64<std::string::const_iterator>, 8, 6>;
    if (text.size() % 4 != 0) {
        throw std::invalid_argument("not in whole groups");
    }
    const auto padding = std::min<std::size_t>(2, std::ranges::count(text, '='));
    std::string bytes(Bytes(text.cbegin()), Bytes(text.cend()));
    bytes.resize(bytes.size() - std::min(bytes.size(), padding));
    return bytes;
}

// What %3A and the like in an address stand for.
std::string decoded(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char byte = 0;
        const char* digits = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            result += static_cast<char>(byte);
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

// An error in the service's own form.
Response refusal(http::status status, const std::string& type, const std::string& message) {
    using Json = nlohmann::ordered_json;
    Response response = json_response(status, Json{{"Type", "User"}, {"Message", message}}.dump(
                                                  -1, ' ', false, Json::error_handler_t::replace));
    response.set("X-Amzn-ErrorType", type);
    return response;
}

Response busy() {
    return refusal(http::status::too_many_requests, "TooManyRequestsException", "Rate Exceeded.");
}

Response response_of(const Result& result, bool with_log) {
    if (result.kind == Result::Kind::busy) {
        return busy();
    }
    if (result.kind == Result::Kind::not_started) {
        return refusal(http::status::internal_server_error, "ServiceException", result.body);
    }
    Response response = json_response(http::status::ok, result.body);
    if (result.kind == Result::Kind::error) {
        response.set("X-Amz-Function-Error", "Unhandled");
    }
    if (with_log) {
        response.set("X-Amz-Log-Result", to_base64(result.log));
    }
    response.set("X-Amz-Executed-Version", "$LATEST");
    return response;
}

void invoke_later(Function& function, const Event& event, const Reply& reply) {
    const bool accepted = function.invoke_later(event, [id = event.id](const Result& result) {
        if (result.kind != Result::Kind::result) {
            std::cerr << "emulator: event " + id + " failed: " + result.body + '\n';
        }
    });
    reply(accepted ? json_response(http::status::accepted, "") : busy());
}

// tag::invoke[]
void invoke(Function& function, const Request& request, const Reply& reply) {
    Event event{new_id(), std::string(request["X-Amzn-Trace-Id"]), {}, request.body()};
    event.trace = event.trace.empty() ? new_trace() : event.trace;
    event.body = event.body.empty() ? "{}" : event.body;
    try {
        event.client_context = from_base64(std::string(request["X-Amz-Client-Context"]));
    } catch (const std::exception&) {
        return reply(refusal(http::status::bad_request, "InvalidRequestContentException",
                             "Client context must be a valid Base64-encoded JSON object."));
    }
    const auto with_id = [reply, id = event.id](Response response) {
        response.set("X-Amzn-RequestId", id);
        reply(std::move(response));
    };
    const std::string type(request["X-Amz-Invocation-Type"]);
    if (type == "DryRun") {
        with_id(Response(http::status::no_content, 11));
    } else if (type == "Event") {
        invoke_later(function, event, with_id);
    } else if (type.empty() || type == "RequestResponse") {
        const bool with_log = request["X-Amz-Log-Type"] == "Tail";
        function.invoke(event, [with_id, with_log](const Result& result) {
            with_id(response_of(result, with_log));
        });
    } else {
        with_id(refusal(http::status::bad_request, "InvalidParameterValueException",
                        "no such invocation type"));
    }
}
// end::invoke[]

}  // namespace

void handle_call(Functions& functions, const Request& request, const Reply& reply) {
    static const std::regex path(
        "/2015-03-31/functions/([^/?]+)/invocations(?:[?]Qualifier=(.+))?");
    static const std::regex full_name("(?:.+:function:)?([^:]+)(?::([^:]+))?");
    const std::string target = decoded(std::string(request.target()));
    std::smatch parts;
    if (request.method() != http::verb::post || !std::regex_match(target, parts, path)) {
        return reply(
            refusal(http::status::not_found, "UnknownOperationException", "there is no such path"));
    }
    if (request.body().size() > largest_payload) {
        return reply(refusal(http::status::payload_too_large, "RequestTooLargeException",
                             "Request must be smaller than " + std::to_string(largest_payload) +
                                 " bytes for the InvokeFunction operation"));
    }
    const std::string given = parts[1];
    std::string qualifier = parts[2];
    std::string name = given;
    if (std::regex_match(given, parts, full_name)) {
        name = parts[1];
        qualifier = parts[2].matched ? parts[2].str() : qualifier;
    }
    const auto found = functions.find(name);
    if (found == functions.end() || (!qualifier.empty() && qualifier != "$LATEST")) {
        return reply(refusal(
            http::status::not_found, "ResourceNotFoundException",
            "Function not found: " + arn + name + (qualifier.empty() ? "" : ':' + qualifier)));
    }
    invoke(*found->second, request, reply);
}
