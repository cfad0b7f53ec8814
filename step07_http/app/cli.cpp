#include "cli.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <istream>
#include <limits>
#include <ostream>
#include <stdexcept>
#include <system_error>

const std::string_view usage = R"(Usage: app [options] [VALUE ...]
       app [options] -

Runs each VALUE, a decimal 32-bit integer, through the pipeline (none given: 42).
With "-" the values come from standard input, one per line; blank lines are skipped.

      --service1 URL     where Component1 is (SERVICE1_URL; http://127.0.0.1:3001)
      --service2 URL     where Component2 is (SERVICE2_URL; http://127.0.0.1:3002)
      --jobs N           run N values at once (1)
      --connect-timeout MS  time limit to connect to a service (1000)
      --timeout MS       time limit for each answer of a service (2000)
      --deadline MS      time limit for a call with all its repetitions (10000)
  -q, --quiet            no story on stderr (errors still appear)
  -h, --help             print this help and exit
      --version          print the version and exit

Exit status: 0 every value went through, 1 a component rejected a value, 2 wrong usage,
3 something outside the program failed for good.
)";

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

namespace {

// The text in quotes for an error message: cut if long, and nothing in it that could command a
// terminal.
std::string quoted(std::string_view text) {
    constexpr std::size_t limit = 40;
    std::string shown(text.substr(0, limit));
    std::replace_if(
        shown.begin(), shown.end(), [](unsigned char c) { return std::isprint(c) == 0; }, '?');
    return "'" + shown + (text.size() > limit ? "...'" : "'");
}

// Takes the next argument.
std::string_view take(std::span<const char* const>& arguments) {
    const std::string_view argument = arguments.front();
    arguments = arguments.subspan(1);
    return argument;
}

// Takes the argument that belongs to an option.
std::string take_value(std::string_view option, std::span<const char* const>& arguments) {
    if (arguments.empty() || std::string_view(arguments.front()).empty()) {
        throw std::invalid_argument("option " + quoted(option) + " needs a value");
    }
    return std::string(take(arguments));
}

std::int32_t take_number(std::string_view option, std::span<const char* const>& arguments,
                         std::int32_t least, std::int32_t most) {
    const auto number = parse_value(take_value(option, arguments));
    if (!number || *number < least || *number > most) {
        throw std::invalid_argument("option " + quoted(option) + " needs a number from " +
                                    std::to_string(least) + " to " + std::to_string(most));
    }
    return *number;
}

std::chrono::milliseconds take_milliseconds(std::string_view option,
                                            std::span<const char* const>& arguments) {
    return std::chrono::milliseconds(take_number(option, arguments, 1, 3'600'000));
}

}  // namespace

Options parse_arguments(std::span<const char* const> arguments) {
    Options options;
    while (!arguments.empty()) {
        const std::string_view argument = take(arguments);
        if (argument == "--service1") {
            options.service1 = take_value(argument, arguments);
        } else if (argument == "--service2") {
            options.service2 = take_value(argument, arguments);
        } else if (argument == "--jobs") {
            options.jobs = take_number(argument, arguments, 1, 200);
        } else if (argument == "--connect-timeout") {
            options.connect_timeout = take_milliseconds(argument, arguments);
        } else if (argument == "--timeout") {
            options.timeout = take_milliseconds(argument, arguments);
        } else if (argument == "--deadline") {
            options.deadline = take_milliseconds(argument, arguments);
        } else if (argument == "-q" || argument == "--quiet") {
            options.quiet = true;
        } else if (argument == "-h" || argument == "--help") {
            options.help = true;
        } else if (argument == "--version") {
            options.version = true;
        } else if (argument == "-") {
            options.from_stdin = true;
        } else if (const auto value = parse_value(argument)) {
            options.values.push_back(*value);
        } else if (argument.starts_with('-') && argument.find_first_of("0123456789") != 1) {
            throw std::invalid_argument("unknown option " + quoted(argument));
        } else {
            throw std::invalid_argument(quoted(argument) +
                                        " is not a decimal integer from -2147483648 to 2147483647");
        }
    }
    if (options.from_stdin && !options.values.empty()) {
        throw std::invalid_argument(
            "'-' takes the values from standard input: give either '-' or values");
    }
    if (!options.from_stdin && options.values.empty()) {
        options.values.push_back(42);
    }
    return options;
}

std::string setting(const std::string& option, const char* variable, const std::string& fallback) {
    if (!option.empty()) {
        return option;
    }
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0' ? value : fallback;
}

ValueSource::ValueSource(const Options& options, std::istream& in, std::ostream& errors)
    : from_stdin_(options.from_stdin), values_(options.values), in_(in), errors_(errors) {}

std::optional<std::int32_t> ValueSource::next() {
    if (from_stdin_) {
        return next_line();
    }
    return position_ < values_.size() ? std::optional(values_[position_++]) : std::nullopt;
}

std::optional<std::int32_t> ValueSource::next_line() {
    std::array<char, 256> buffer{};  // a longer line cannot be a value
    while (in_.getline(buffer.data(), buffer.size()), in_.gcount() > 0) {
        ++position_;
        const bool too_long = in_.fail();
        const bool newline_taken = !too_long && !in_.eof();
        std::string_view line(buffer.data(),
                              static_cast<std::size_t>(in_.gcount()) - (newline_taken ? 1 : 0));
        if (too_long) {
            in_.clear();
            in_.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
        }
        constexpr std::string_view blanks = " \t\r";
        line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
        line.remove_suffix(line.size() - (line.find_last_not_of(blanks) + 1));
        if (line.empty() && !too_long) {
            continue;
        }
        const auto value = too_long ? std::nullopt : parse_value(line);
        if (value) {
            return value;
        }
        // One string, so one write: nobody else's line ends up inside.
        errors_ << "app: line " + std::to_string(position_) + ": " + quoted(line) +
                       " is not a decimal integer from -2147483648 to 2147483647, skipped\n";
        saw_bad_line_ = true;
    }
    if (in_.bad()) {
        throw std::system_error(errno, std::generic_category(), "cannot read standard input");
    }
    return std::nullopt;
}
