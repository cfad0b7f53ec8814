#include "options.hpp"

#include <stdexcept>

#include "values.hpp"

Options parse_arguments(const std::vector<std::string>& arguments) {
    Options options;
    for (const std::string& argument : arguments) {
        if (argument == "-q" || argument == "--quiet") {
            options.quiet = true;
        } else if (argument == "-h" || argument == "--help") {
            options.help = true;
        } else if (argument == "--version") {
            options.version = true;
        } else if (argument == "-") {
            options.from_stdin = true;
        } else if (const auto value = parse_value(argument)) {
            options.values.push_back(*value);
        } else {
            throw std::invalid_argument(quote(argument) +
                                        " is neither an option nor a decimal 32-bit integer");
        }
    }
    if (options.from_stdin && !options.values.empty()) {
        throw std::invalid_argument("'-' takes the values from standard input: give no others");
    }
    if (!options.from_stdin && options.values.empty()) {
        options.values.push_back(42);
    }
    return options;
}
