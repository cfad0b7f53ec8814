#include <array>
#include <cstdio>
#include <string_view>

#include "core/outcome.hpp"

namespace {

// In quotes, as JSON has it. A library could do it, but every door would have to ship it.
std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
            result += escape.data();
        } else {
            result += c;
        }
    }
    return result + '"';
}

std::string text(bool value) {
    return value ? "true" : "false";
}

}  // namespace

// tag::to_json[]
std::string to_json(const Outcome& outcome) {
    std::string json = R"({"input":)" + std::to_string(outcome.input);
    if (outcome.processed) {
        json += R"(,"processed":{"value":)" + std::to_string(outcome.processed->value) +
                R"(,"processed":)" + text(outcome.processed->processed) + R"(},"valid":)" +
                text(outcome.valid);
    }
    if (outcome.transformed) {
        json += R"(,"transformed":{"original":)" + std::to_string(outcome.transformed->original) +
                R"(,"transformed":)" + quoted(outcome.transformed->transformed) + "}";
        json += R"(,"analysis":)" + quoted(outcome.analysis);
    }
    if (outcome.refused()) {
        json += R"(,"error":)" + quoted(outcome.error);
    }
    return json + "}";
}
// end::to_json[]
