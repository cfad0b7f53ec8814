// The whole program in one file, and its tests. CMake builds it twice: as the program, and with
// UNIT_TESTS defined as the test program.

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>
#include <limits>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
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

// Parses the whole text as a value; nullopt if it is not one.
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

// The text for an error message: cut if long, control characters replaced.
std::string quote(std::string_view text) {
    std::string shown(text.substr(0, 40));
    std::replace_if(
        shown.begin(), shown.end(), [](unsigned char c) { return std::isprint(c) == 0; }, '?');
    return "'" + shown + (text.size() > shown.size() ? "...'" : "'");
}

// Calls use() with the value on each line, skips blank lines, and reports bad lines on stderr.
// Returns whether every line was good. Throws std::runtime_error if stdin cannot be read.
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

// What the command line asks for.
struct Options {
    std::vector<std::int32_t> values;
    bool from_stdin = false;
    bool quiet = false;
    bool help = false;
    bool version = false;
};

// The arguments without the program's name. Throws std::invalid_argument if any of them is wrong.
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

#ifndef UNIT_TESTS

constexpr std::string_view usage = R"(Usage: app [options] [VALUE ...]
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

// Prints the text at once, so that a reader sees each block as soon as it is finished.
void print(std::string_view text) {
    std::cout << text << std::flush;
    if (!std::cout) {
        throw std::runtime_error("cannot write to standard output: disk full, or reader gone?");
    }
}

int run(const std::vector<std::string>& arguments) {
    const Options options = parse_arguments(arguments);
    if (options.help || options.version) {
        print(options.help ? usage : "app 1.0.0\n");
        return success;
    }
    if (!options.quiet) {  // the story, which differs from step to step
        std::cerr << "step00_monofile: one source file, one executable\n";
    }

    // tag::wiring[]
    const Component1 component1;
    const Component2 component2;
    const Pipeline pipeline(component1, component2);

    bool all_accepted = true;
    const auto run_value = [&](std::int32_t value) {
        std::ostringstream block;
        all_accepted &= pipeline.run(value, block);
        print(block.str());
    };
    print("--- Processing Pipeline ---\n");
    std::for_each(options.values.begin(), options.values.end(), run_value);
    const bool all_read = !options.from_stdin || read_values(std::cin, run_value);
    print("Execution complete\n");
    // end::wiring[]

    return !all_read ? usage_failure : all_accepted ? success : domain_failure;
}

// tag::main[]
int main(int argc, char* argv[]) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::invalid_argument& error) {
        std::cerr << "app: " + std::string(error.what()) + "; try 'app --help'\n";
        return usage_failure;
    } catch (const std::exception& error) {
        std::cerr << "app: " + std::string(error.what()) + '\n';
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

TEST_CASE("pipeline: one block per value, and a rejected one ends its block with the reason") {
    const Component1 component1;
    const Component2 component2;
    const Pipeline pipeline(component1, component2);
    std::ostringstream out;
    CHECK(pipeline.run(42, out));
    CHECK_FALSE(pipeline.run(1073741824, out));
    CHECK_FALSE(pipeline.run(5000, out));
    CHECK(out.str() ==
          "Input value: 42\n"
          "Component1 result: ProcessResult { value: 84, processed: true }, Valid: true\n"
          "Component2 result: TransformResult { original: 84, transformed: \"Value-0084\" }\n"
          "Analysis: 84 maps to Value-0084\n\n"
          "Input value: 1073741824\n"
          "Component1 error: 2 x 1073741824 does not fit a 32-bit integer\n\n"
          "Input value: 5000\n"
          "Component1 result: ProcessResult { value: 10000, processed: true }, Valid: true\n"
          "Component2 error: 10000 does not fit the four-digit format (-9999..9999)\n\n");
}

TEST_CASE("values: parse_value takes decimal integers of 32 bits only") {
    CHECK(parse_value("42") == 42);
    CHECK(parse_value("+7") == 7);
    CHECK(parse_value("-007") == -7);
    CHECK(parse_value("2147483647") == 2147483647);
    for (const char* wrong : {"", "-", "+", "+-1", "4 2", "1e3", "0x10", "2147483648"}) {
        CHECK(parse_value(wrong) == std::nullopt);
    }
}

TEST_CASE("values: an error message shows no more than fits, and only what can be printed") {
    CHECK(quote("4\x1b[31m") == "'4?[31m'");
    CHECK(quote(std::string(1000, '9')) == "'" + std::string(40, '9') + "...'");
}

TEST_CASE("values: one a line, blank lines and bad ones are skipped") {
    std::istringstream lines("1\n\n  2\t\r\nx\n2 2\n3");
    std::vector<std::int32_t> values;
    CHECK_FALSE(read_values(lines, [&](std::int32_t value) { values.push_back(value); }));
    CHECK(values == std::vector<std::int32_t>{1, 2, 3});
}

TEST_CASE("options: values and switches, and nothing else") {
    CHECK(parse_arguments({}).values == std::vector<std::int32_t>{42});
    const Options options = parse_arguments({"-q", "-7", "8"});
    CHECK(options.quiet);
    CHECK(options.values == std::vector<std::int32_t>{-7, 8});
    CHECK(parse_arguments({"--help"}).help);
    CHECK(parse_arguments({"--version"}).version);
    CHECK(parse_arguments({"-"}).from_stdin);
    for (const char* wrong : {"x", "1.5", "--verbose", "-x", "99999999999", "-"}) {
        CHECK_THROWS_AS(parse_arguments({"1", wrong}), std::invalid_argument);
    }
}

#endif
