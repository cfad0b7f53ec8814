#include "invoke_api.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <random>

#include "shell.hpp"

namespace {

constexpr std::size_t largest_event = std::size_t{6} * 1024 * 1024;
constexpr int most_accepted = 1000;

std::string random_hex(std::size_t length) {
    static thread_local std::mt19937_64 random{std::random_device{}()};
    std::string text;
    while (text.size() < length) {
        text += "0123456789abcdef"[random() % 16];
    }
    return text;
}

std::string new_id() {
    return random_hex(8) + '-' + random_hex(4) + "-4" + random_hex(3) + "-8" + random_hex(3) + '-' +
           random_hex(12);
}

std::string base64(const std::string& bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned bits = 0;
        for (std::size_t k = i; k < i + 3; ++k) {
            bits = bits << 8U | (k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0U);
        }
        for (unsigned k = 0; k < 4; ++k) {
            text += i + k <= bytes.size() ? digits[bits >> (18 - 6 * k) & 63U] : '=';
        }
    }
    return text;
}

// An error in the service's own form.
void refuse(httplib::Response& response, int status, const std::string& type,
            const std::string& message) {
    response.status = status;
    response.set_header("X-Amzn-ErrorType", type);
    response.set_content(nlohmann::ordered_json{{"Type", "User"}, {"Message", message}}.dump(
                             -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace),
                         "application/json");
}

}  // namespace

InvokeApi::~InvokeApi() {
    background_.shutdown();
}

void InvokeApi::add_to(httplib::Server& server) {
    server.set_payload_max_length(largest_event);
    server.Post("/2015-03-31/functions/([^/]+)/invocations",
                [this](const httplib::Request& q, httplib::Response& r) { invoke(q, r); });
    server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
        if (!response.body.empty()) {
            return;
        }
        if (response.status == 413) {
            refuse(response, 413, "RequestTooLargeException",
                   "Request must be smaller than 6291456 bytes for the InvokeFunction operation");
        } else {
            refuse(response, response.status, "UnknownOperationException", "there is no such path");
        }
    });
}

// tag::invoke[]
void InvokeApi::invoke(const httplib::Request& request, httplib::Response& response) {
    const std::string arn = request.matches[1];  // or only the name
    const std::string name = arn.substr(arn.rfind(':') + 1);
    const auto found = functions_.find(name);
    if (found == functions_.end()) {
        return refuse(response, 404, "ResourceNotFoundException",
                      "Function not found: arn:aws:lambda:us-east-1:000000000000:function:" + name);
    }
    Event event{new_id(), "Root=1-" + random_hex(8) + '-' + random_hex(24) + ";Sampled=0",
                request.body};
    response.set_header("X-Amzn-RequestId", event.id);
    const std::string type = request.get_header_value("X-Amz-Invocation-Type");
    if (type == "DryRun") {
        response.status = 204;
        return;
    }
    if (type == "Event") {
        return invoke_later(*found->second, std::move(event), response);
    }
    if (!type.empty() && type != "RequestResponse") {
        return refuse(response, 400, "InvalidParameterValueException", "no such invocation type");
    }
    const std::optional<Outcome> outcome = found->second->invoke(event);
    if (!outcome) {
        return refuse(response, 429, "TooManyRequestsException", "Rate Exceeded.");
    }
    if (outcome->kind == Outcome::Kind::error) {
        response.set_header("X-Amz-Function-Error", "Unhandled");
    }
    if (request.get_header_value("X-Amz-Log-Type") == "Tail") {
        response.set_header("X-Amz-Log-Result", base64(outcome->log));
    }
    response.set_header("X-Amz-Executed-Version", "$LATEST");
    response.set_content(outcome->body, "application/json");
}
// end::invoke[]

void InvokeApi::invoke_later(Function& function, Event event, httplib::Response& response) {
    if (++accepted_ > most_accepted) {
        --accepted_;
        return refuse(response, 429, "TooManyRequestsException", "Rate Exceeded.");
    }
    background_.enqueue([this, &function, event = std::move(event)] {
        const std::optional<Outcome> outcome = function.invoke(event);
        if (!outcome || outcome->kind == Outcome::Kind::error) {
            print_error("emulator: event " + event.id +
                        " failed: " + (outcome ? outcome->body : "all processes were busy"));
        }
        --accepted_;
    });
    response.status = 202;
}
