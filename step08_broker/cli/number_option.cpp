#include "number_option.hpp"

#include <optional>
#include <stdexcept>

#include "arguments.hpp"
#include "values.hpp"

std::int32_t take_number(std::vector<std::string>& arguments, std::string_view name,
                         const std::string& fallback, std::int32_t least, std::int32_t most) {
    const std::string text = take_option(arguments, name);
    const std::optional<std::int32_t> number = parse_value(text.empty() ? fallback : text);
    if (!number || *number < least || *number > most) {
        throw std::invalid_argument("option '" + std::string(name) + "' needs a number from " +
                                    std::to_string(least) + " to " + std::to_string(most));
    }
    return *number;
}
