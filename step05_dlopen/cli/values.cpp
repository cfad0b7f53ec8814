#include "values.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <stdexcept>

std::optional<std::int32_t> parse_value(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-")) {
        text.remove_prefix(1);
    }
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::string quote(std::string_view text) {
    std::string shown(text.substr(0, 40));
    std::replace_if(
        shown.begin(), shown.end(), [](unsigned char c) { return std::isprint(c) == 0; }, '?');
    return "'" + shown + (text.size() > shown.size() ? "...'" : "'");
}

bool read_values(std::istream& lines, const std::function<void(std::int32_t)>& use) {
    constexpr const char* blanks = " \t\r";
    bool all_good = true;
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        line.erase(line.find_last_not_of(blanks) + 1);
        line.erase(0, line.find_first_not_of(blanks));
        if (const auto value = parse_value(line)) {
            use(*value);
        } else if (!line.empty()) {
            std::cerr << "app: line " + std::to_string(number) + ": " + quote(line) +
                             " is not a decimal 32-bit integer, skipped\n";
            all_good = false;
        }
    }
    if (std::ferror(stdin) != 0) {  // std::cin reports a failed read as the end
        throw std::runtime_error("cannot read standard input");
    }
    return all_good;
}
