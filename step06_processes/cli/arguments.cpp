#include "arguments.hpp"

#include <cstdlib>
#include <stdexcept>

#include "values.hpp"

bool Arguments::next() {
    if (rest_.empty()) {
        return false;
    }
    current_ = rest_.front();
    rest_ = rest_.subspan(1);
    return true;
}

std::string Arguments::text() {
    if (rest_.empty() || *rest_.front() == '\0') {
        throw std::invalid_argument("option " + quote(current_) + " needs a value");
    }
    const char* text = rest_.front();
    rest_ = rest_.subspan(1);
    return text;
}

std::int32_t Arguments::number(std::int32_t least, std::int32_t most) {
    const auto number = parse_value(text());
    if (!number || *number < least || *number > most) {
        throw std::invalid_argument("option " + quote(current_) + " needs a number from " +
                                    std::to_string(least) + " to " + std::to_string(most));
    }
    return *number;
}

std::string setting(const std::string& option, const char* variable, const std::string& fallback) {
    if (!option.empty()) {
        return option;
    }
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0' ? value : fallback;
}
