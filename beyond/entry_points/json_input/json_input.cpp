#include "json_input/json_input.hpp"

#include <nlohmann/json.hpp>

#include "core/parse_value.hpp"

// A JSON number is not an int32_t: 2.9, 3000000000 and true must not become one.
std::optional<std::int32_t> input_of(std::string_view text) {
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("input") || !json["input"].is_number_integer()) {
        return std::nullopt;
    }
    return parse_value(json["input"].dump());
}
