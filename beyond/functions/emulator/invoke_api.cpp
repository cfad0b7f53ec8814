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
HttpAnswer refusal(int status, const std::string& type, const std::string& message) {
    using Json = nlohmann::ordered_json;
    const Json body{{"Type", "User"}, {"Message", message}};
    return {status,
            {{"X-Amzn-ErrorType", type}},
            body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

HttpAnswer busy() {
    return refusal(429, "TooManyRequestsException", "Rate Exceeded.");
}

HttpAnswer answer_of(const Result& result, bool with_log) {
    if (result.kind == Result::Kind::busy) {
        return busy();
    }
    if (result.kind == Result::Kind::not_started) {
        return refusal(500, "ServiceException", result.body);
    }
    HttpAnswer answer{200, {{"X-Amz-Executed-Version", "$LATEST"}}, result.body};
    if (result.kind == Result::Kind::error) {
        answer.headers["X-Amz-Function-Error"] = "Unhandled";
    }
    if (with_log) {
        answer.headers["X-Amz-Log-Result"] = to_base64(result.log);
    }
    return answer;
}

void invoke_later(Function& function, const Event& event, const Reply& reply) {
    const bool accepted = function.invoke_later(event, [id = event.id](const Result& result) {
        if (result.kind != Result::Kind::result) {
            std::cerr << "emulator: event " + id + " failed: " + result.body + '\n';
        }
    });
    reply(accepted ? HttpAnswer{202, {}, ""} : busy());
}

// tag::invoke[]
void invoke(Function& function, const HttpRequest& request, const Reply& reply) {
    Event event{new_id(), value_of(request.headers, "X-Amzn-Trace-Id"), {}, request.body};
    event.trace = event.trace.empty() ? new_trace() : event.trace;
    event.body = event.body.empty() ? "{}" : event.body;
    try {
        event.client_context = from_base64(value_of(request.headers, "X-Amz-Client-Context"));
    } catch (const std::exception&) {
        return reply(refusal(400, "InvalidRequestContentException",
                             "Client context must be a valid Base64-encoded JSON object."));
    }
    const auto with_id = [reply, id = event.id](HttpAnswer answer) {
        answer.headers["X-Amzn-RequestId"] = id;
        reply(answer);
    };
    const std::string type = value_of(request.headers, "X-Amz-Invocation-Type");
    if (type == "DryRun") {
        with_id({204, {}, {}});
    } else if (type == "Event") {
        invoke_later(function, event, with_id);
    } else if (type.empty() || type == "RequestResponse") {
        const bool with_log = value_of(request.headers, "X-Amz-Log-Type") == "Tail";
        function.invoke(event, [with_id, with_log](const Result& result) {
            with_id(answer_of(result, with_log));
        });
    } else {
        with_id(refusal(400, "InvalidParameterValueException", "no such invocation type"));
    }
}
// end::invoke[]

}  // namespace

void handle_call(Functions& functions, const HttpRequest& request, const Reply& reply) {
    static const std::regex path(
        "/2015-03-31/functions/([^/?]+)/invocations(?:[?]Qualifier=(.+))?");
    static const std::regex full_name("(?:.+:function:)?([^:]+)(?::([^:]+))?");
    const std::string target = decoded(request.target);
    std::smatch parts;
    if (request.method != "POST" || !std::regex_match(target, parts, path)) {
        return reply(refusal(404, "UnknownOperationException", "there is no such path"));
    }
    if (request.body.size() > max_payload_size) {
        return reply(refusal(413, "RequestTooLargeException",
                             "Request must be smaller than " + std::to_string(max_payload_size) +
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
            404, "ResourceNotFoundException",
            "Function not found: " + arn + name + (qualifier.empty() ? "" : ':' + qualifier)));
    }
    invoke(*found->second, request, reply);
}
