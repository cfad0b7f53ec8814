#include "plain_json.hpp"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

using nlohmann::json;

struct PlainClient::Json {
    json value;
};

namespace {

void expect(bool right) {
    if (!right) {
        throw std::runtime_error("a floor's answer is wrong");
    }
}

std::string transformed(int value) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "Value-%04d", value);
    return text.data();
}

std::string analysis(int original, const std::string& transformed) {
    return "Analysis: " + std::to_string(original) + " maps to " + transformed;
}

// The coarse call's.
json all_of(int input) {
    const int value = 2 * input;
    const std::string text = transformed(value);
    return {{"value", value},    {"processed", true},   {"valid", value > 0},
            {"original", value}, {"transformed", text}, {"analysis", analysis(value, text)}};
}

json result_of(const std::string& operation, const json& in) {
    if (operation == "process") {
        return {{"value", 2 * in.at("input").get<int>()}, {"processed", true}};
    }
    if (operation == "validate") {
        return {{"valid", in.at("processed").get<bool>() && in.at("value").get<int>() > 0}};
    }
    if (operation == "transform") {
        const int value = in.at("value").get<int>();
        return {{"original", value}, {"transformed", transformed(value)}};
    }
    if (operation == "analyze") {
        return {{"analysis",
                 analysis(in.at("original").get<int>(), in.at("transformed").get<std::string>())}};
    }
    if (operation == "run_all") {
        json results = json::array();
        for (const json& input : in.at("inputs")) {
            results.push_back(all_of(input.get<int>()));
        }
        return {{"results", std::move(results)}};
    }
    return all_of(in.at("input").get<int>());  // run
}

}  // namespace

PlainClient::PlainClient(Style style, Exchange exchange)
    : style_(style), exchange_(std::move(exchange)) {}

PlainClient::Json PlainClient::ask(const std::string& operation, const Json& parameters) {
    if (style_ == Style::line) {
        const json message{{"id", ++last_id_}, {"op", operation}, {"params", parameters.value}};
        json answer = json::parse(exchange_(operation, message.dump()));
        expect(answer.at("id") == last_id_);
        return {std::move(answer.at("result"))};
    }
    json answer = json::parse(exchange_(operation, parameters.value.dump()));
    return {style_ == Style::payload ? std::move(answer.at("result")) : std::move(answer)};
}

void PlainClient::process() {
    const json processed = ask("process", {{{"input", 42}}}).value;
    expect(processed.at("value").get<int>() == 84 && processed.at("processed").get<bool>());
}

void PlainClient::four_calls() {
    json processed = ask("process", {{{"input", 42}}}).value;
    const json validated = ask("validate", {processed}).value;
    const json text = ask("transform", {{{"value", processed.at("value")}}}).value;
    const json analysed = ask("analyze", {text}).value;
    expect(validated.at("valid").get<bool>() &&
           analysed.at("analysis").get<std::string>() == "Analysis: 84 maps to Value-0084");
}

void PlainClient::coarse_call() {
    const json all = ask("run", {{{"input", 42}}}).value;
    expect(all.at("valid").get<bool>() &&
           all.at("analysis").get<std::string>() == "Analysis: 84 maps to Value-0084");
}

std::string plain_answer(Style style, const std::string& operation, const std::string& message) {
    const json request = json::parse(message);
    switch (style) {
        case Style::line:
            return json{{"id", request.at("id")},
                        {"result", result_of(request.at("op"), request.at("params"))}}
                .dump();
        case Style::body:
            return result_of(operation, request).dump();
        case Style::payload:
            break;
    }
    return json{{"result", result_of(operation, request)}}.dump();
}
