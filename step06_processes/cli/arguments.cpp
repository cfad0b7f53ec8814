#include "arguments.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

std::string take_option(std::vector<std::string>& arguments, std::string_view name) {
    std::string value;
    for (auto option = std::ranges::find(arguments, name); option != arguments.end();
         option = std::ranges::find(arguments, name)) {
        if (option + 1 == arguments.end() || option[1].empty()) {
            throw std::invalid_argument("option '" + std::string(name) + "' needs a value");
        }
        value = option[1];
        arguments.erase(option, option + 2);
    }
    return value;
}

std::string setting(const std::string& option, const char* variable, const std::string& fallback) {
    if (!option.empty()) {
        return option;
    }
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0' ? value : fallback;
}
