// The whole program in one file: two components, the pipeline that joins them, the command line,
// main(), and, at the bottom, the tests of all of it. CMake builds this file twice: once as the
// program, and once with UNIT_TESTS defined as the test program.

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <limits>
#include <optional>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

// Component1: doubles a value and judges the result.

struct ProcessResult {
    std::int32_t value;
    bool processed;
};

// tag::doubled[]
// Twice the input, or nothing where that leaves 32 bits.
std::optional<std::int32_t> doubled(std::int32_t input) {
    const std::int64_t twice = std::int64_t{2} * input;
    if (twice < std::numeric_limits<std::int32_t>::min() ||
        twice > std::numeric_limits<std::int32_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::int32_t>(twice);
}
// end::doubled[]

// Stateless, so any number of threads may call it at once.
class Component1 {
public:
    // Twice the input. Throws std::domain_error if that does not fit 32 bits.
    ProcessResult process(std::int32_t input) const;

    // Whether the result was processed and is positive. Never fails.
    bool validate(const ProcessResult& result) const;
};

// tag::process[]
ProcessResult Component1::process(std::int32_t input) const {
    const std::optional<std::int32_t> value = doubled(input);
    if (!value) {
        throw std::domain_error("2 x " + std::to_string(input) + " does not fit a 32-bit integer");
    }
    return {*value, true};
}
// end::process[]

bool Component1::validate(const ProcessResult& result) const {
    return result.processed && result.value > 0;
}

// Component2: turns a value into its text form and says what it did.

struct TransformResult {
    std::int32_t original;
    std::string transformed;
};

// Stateless, so any number of threads may call it at once.
class Component2 {
public:
    // "Value-" and the value in at least four digits. Throws std::domain_error outside -9999..9999.
    TransformResult transform(std::int32_t value) const;

    // One sentence that tells what was mapped to what. Never fails.
    std::string analyze(const TransformResult& result) const;
};

TransformResult Component2::transform(std::int32_t value) const {
    if (value < -9999 || value > 9999) {
        throw std::domain_error(std::to_string(value) +
                                " does not fit the four-digit format (-9999..9999)");
    }
    std::array<char, 16> text{};  // "Value-", a sign, four digits and the end: 12 at most
    std::snprintf(text.data(), text.size(), "Value-%04d", value);
    return {value, text.data()};
}

std::string Component2::analyze(const TransformResult& result) const {
    return "Analysis: " + std::to_string(result.original) + " maps to " + result.transformed;
}

// Pipeline: one value's way through both components.

// Borrows the components, which must outlive it. Any number of threads may call run() at once, each
// with a stream of its own.
class Pipeline {
public:
    Pipeline(const Component1& component1, const Component2& component2);

    // Writes the block of one value to out, and returns whether both components accepted the value.
    // Lets every error but std::domain_error pass; what is in out by then is not a whole block.
    bool run(std::int32_t input, std::ostream& out) const;

private:
    const Component1& component1_;
    const Component2& component2_;
};

Pipeline::Pipeline(const Component1& component1, const Component2& component2)
    : component1_(component1), component2_(component2) {}

// tag::run[]
bool Pipeline::run(std::int32_t input, std::ostream& out) const {
    out << "Input value: " << input << '\n';
    std::string_view stage = "Component1";
    try {
        const ProcessResult processed = component1_.process(input);
        const bool valid = component1_.validate(processed);
        out << "Component1 result: ProcessResult { value: " << processed.value
            << ", processed: " << (processed.processed ? "true" : "false")
            << " }, Valid: " << (valid ? "true" : "false") << '\n';

        stage = "Component2";
        const TransformResult transformed = component2_.transform(processed.value);
        const std::string analysis = component2_.analyze(transformed);
        out << "Component2 result: TransformResult { original: " << transformed.original
            << ", transformed: \"" << transformed.transformed << "\" }\n"
            << analysis << "\n\n";
        return true;
    } catch (const std::domain_error& error) {
        out << stage << " error: " << error.what() << "\n\n";
        return false;
    }
}
// end::run[]

// Command line.

inline constexpr std::string_view usage = R"(Usage: app [options] [VALUE ...]
       app [options] -

Runs each VALUE, a decimal 32-bit integer, through the pipeline (none given: 42).
With "-" the values come from standard input, one per line; blank lines are skipped.

  -q, --quiet            no story on stderr (errors still appear)
  -h, --help             print this help and exit
      --version          print the version and exit

Exit status: 0 every value went through, 1 a component rejected a value, 2 wrong usage,
3 something outside the program failed for good.
)";

enum ExitStatus : int { success = 0, domain_failure = 1, usage_failure = 2, boundary_failure = 3 };

struct Options {
    bool quiet = false;
    bool help = false;
    bool version = false;
    bool from_stdin = false;
    std::vector<std::int32_t> values;
};

// A decimal integer with an optional sign and nothing around it; nothing if the text is not one or
// leaves 32 bits.
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

}  // namespace

// The arguments without the program's name. Throws std::invalid_argument if any of them is wrong.
Options parse_arguments(std::span<const char* const> arguments) {
    Options options;
    for (const std::string_view argument : arguments) {
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

// The values to work on, one after another: those of the command line or, on "-", the lines of a
// stream. Borrows both streams. One thread at a time.
class ValueSource {
public:
    ValueSource(const Options& options, std::istream& in, std::ostream& errors);

    // The next value, or nothing at the end. A line that is not a value is reported on the error
    // stream and skipped. Throws std::system_error if the stream cannot be read.
    std::optional<std::int32_t> next();

    bool saw_bad_line() const { return saw_bad_line_; }

private:
    std::optional<std::int32_t> next_line();

    bool from_stdin_;
    std::vector<std::int32_t> values_;
    std::size_t position_ = 0;  // of the next value, or of the line read last
    std::istream& in_;
    std::ostream& errors_;
    bool saw_bad_line_ = false;
};

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

#ifndef UNIT_TESTS

namespace {

// Writes and flushes, so that a reader sees whole blocks as soon as they are finished.
void print(std::string_view text) {
    std::cout << text << std::flush;
    if (!std::cout) {
        throw std::system_error(
            errno, std::generic_category(),
            "cannot write to standard output (is the disk full, or did its reader end?)");
    }
}

int run(const Options& options) {
    if (options.help) {
        print(usage);
        return success;
    }
    if (options.version) {
        print("app 1.0.0\n");
        return success;
    }

    std::ostream story(options.quiet ? nullptr : std::cerr.rdbuf());
    story << std::unitbuf;  // like std::cerr
    story.tie(&std::cout);
    story << "step00_monofile: one source file, one executable\n";

    // tag::wiring[]
    const Component1 component1;
    const Component2 component2;
    const Pipeline pipeline(component1, component2);

    print("--- Processing Pipeline ---\n");
    ValueSource values(options, std::cin, std::cerr);
    bool all_accepted = true;
    while (const auto value = values.next()) {
        std::ostringstream block;
        all_accepted &= pipeline.run(*value, block);
        print(block.str());
    }
    print("Execution complete\n");
    // end::wiring[]

    if (values.saw_bad_line()) {
        return usage_failure;
    }
    return all_accepted ? success : domain_failure;
}

}  // namespace

// tag::main[]
int main(int argc, char* argv[]) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    std::ios::sync_with_stdio(false);
    try {
        return run(parse_arguments({argv + 1, argv + argc}));
    } catch (const std::invalid_argument& error) {
        std::cerr << "app: " << error.what() << "; try 'app --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << "app: " << error.what() << '\n';
        return boundary_failure;
    }
}
// end::main[]

#else

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#else
#include <catch2/catch.hpp>  // Catch2 2, as in Debian 12
#endif

TEST_CASE("component1: doubled knows the ends of 32 bits") {
    CHECK(doubled(1073741823) == 2147483646);
    CHECK(doubled(1073741824) == std::nullopt);
    CHECK(doubled(-1073741824) == std::numeric_limits<std::int32_t>::min());
    CHECK(doubled(-1073741825) == std::nullopt);
}

TEST_CASE("component1: process doubles") {
    const ProcessResult result = Component1().process(42);
    CHECK(result.value == 84);
    CHECK(result.processed);
}

TEST_CASE("component1: process rejects what does not fit") {
    CHECK_THROWS_AS(Component1().process(1073741824), std::domain_error);
}

TEST_CASE("component1: validate wants processed and positive") {
    CHECK(Component1().validate({84, true}));
    CHECK_FALSE(Component1().validate({84, false}));
    CHECK_FALSE(Component1().validate({0, true}));
    CHECK_FALSE(Component1().validate({-14, true}));
}

TEST_CASE("component2: transform pads to four digits") {
    CHECK(Component2().transform(84).original == 84);
    CHECK(Component2().transform(84).transformed == "Value-0084");
    CHECK(Component2().transform(-14).transformed == "Value--014");
    CHECK(Component2().transform(9999).transformed == "Value-9999");
    CHECK(Component2().transform(-9999).transformed == "Value--9999");
}

TEST_CASE("component2: transform rejects five digits") {
    CHECK_THROWS_AS(Component2().transform(10000), std::domain_error);
    CHECK_THROWS_AS(Component2().transform(-10000), std::domain_error);
}

TEST_CASE("component2: analyze tells what was mapped to what") {
    CHECK(Component2().analyze({84, "Value-0084"}) == "Analysis: 84 maps to Value-0084");
}

TEST_CASE("pipeline: writes one block per value") {
    const Component1 component1;
    const Component2 component2;
    std::ostringstream out;
    CHECK(Pipeline(component1, component2).run(42, out));
    CHECK(out.str() ==
          "Input value: 42\n"
          "Component1 result: ProcessResult { value: 84, processed: true }, Valid: true\n"
          "Component2 result: TransformResult { original: 84, transformed: \"Value-0084\" }\n"
          "Analysis: 84 maps to Value-0084\n\n");
}

TEST_CASE("pipeline: a rejected value ends its block with the reason") {
    const Component1 component1;
    const Component2 component2;
    std::ostringstream out;
    CHECK_FALSE(Pipeline(component1, component2).run(1073741824, out));
    CHECK_FALSE(Pipeline(component1, component2).run(5000, out));
    CHECK(out.str() ==
          "Input value: 1073741824\n"
          "Component1 error: 2 x 1073741824 does not fit a 32-bit integer\n\n"
          "Input value: 5000\n"
          "Component1 result: ProcessResult { value: 10000, processed: true }, Valid: true\n"
          "Component2 error: 10000 does not fit the four-digit format (-9999..9999)\n\n");
}

TEST_CASE("cli: parse_value takes decimal integers of 32 bits only") {
    CHECK(parse_value("42") == 42);
    CHECK(parse_value("+7") == 7);
    CHECK(parse_value("-007") == -7);
    CHECK(parse_value("2147483647") == 2147483647);
    for (const char* wrong : {"", "-", "+", "+-1", "4 2", "1e3", "0x10", "2147483648"}) {
        CHECK(parse_value(wrong) == std::nullopt);
    }
}

TEST_CASE("cli: arguments") {
    CHECK(parse_arguments({}).values == std::vector<std::int32_t>{42});
    const std::array arguments{"-q", "-7", "8"};
    const Options options = parse_arguments(arguments);
    CHECK(options.quiet);
    CHECK(options.values == std::vector<std::int32_t>{-7, 8});
}

TEST_CASE("cli: wrong arguments are refused") {
    for (const char* wrong : {"x", "1.5", "--verbose", "-x", "99999999999"}) {
        const std::array arguments{"1", wrong};
        CHECK_THROWS_AS(parse_arguments(arguments), std::invalid_argument);
    }
}

TEST_CASE("cli: values from a stream, bad lines reported and skipped") {
    Options options;
    options.from_stdin = true;
    std::istringstream in("1\n\n  2\t\r\nx\n" + std::string(1000, '9') + "\n3");
    std::ostringstream errors;
    ValueSource values(options, in, errors);
    CHECK(values.next() == 1);
    CHECK(values.next() == 2);
    CHECK_FALSE(values.saw_bad_line());
    CHECK(values.next() == 3);
    CHECK(values.next() == std::nullopt);
    CHECK(values.saw_bad_line());
    CHECK(errors.str().find("line 4: 'x' is not") != std::string::npos);
    CHECK(errors.str().find("line 5: ") != std::string::npos);
}

#endif
