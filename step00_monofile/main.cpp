// The whole program in one file: two components, the pipeline that joins them, its shell and
// command line, main(), and, at the bottom, the tests of all of it. CMake builds this file twice:
// once as the program, and once with UNIT_TESTS defined as the test program.

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <sstream>
#include <stdexcept>
#include <streambuf>
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

// The shell: exit status, output, what becomes of an error.

enum ExitStatus : int { success = 0, domain_failure = 1, usage_failure = 2, boundary_failure = 3 };

// The options that every program of the course has.
struct ShellOptions {
    bool quiet = false;
    bool help = false;
    bool version = false;

    // Takes the argument if it is one of these options; returns whether it was.
    bool take(std::string_view argument);
};

// Returns when the descriptor is ready to be read (POLLIN) or written (POLLOUT). A program that
// shares a standard stream with this one may have made it non-blocking.
void wait_until_ready(int descriptor, short events) {
    pollfd waited{descriptor, events, 0};
    poll(&waited, 1, -1);  // interrupted: the caller tries, and comes back
}

namespace {

// Returns false, and leaves the reason in errno, if the rest cannot be written.
bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = write(descriptor, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) {
            wait_until_ready(descriptor, POLLOUT);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

}  // namespace

bool ShellOptions::take(std::string_view argument) {
    if (argument == "-q" || argument == "--quiet") {
        quiet = true;
    } else if (argument == "-h" || argument == "--help") {
        help = true;
    } else if (argument == "--version") {
        version = true;
    } else {
        return false;
    }
    return true;
}

// Writes all of the text to standard output at once, so that a reader sees whole blocks as soon as
// they are finished. Throws std::system_error.
void print(std::string_view text) {
    if (!write_all(STDOUT_FILENO, text)) {
        throw std::system_error(
            errno, std::generic_category(),
            "cannot write to standard output (is the disk full, or did its reader end?)");
    }
}

// Writes a line to stderr, whole, so that no other thread's or process's ends up inside. Any
// thread.
void print_error(std::string line) {
    write_all(STDERR_FILENO, line += '\n');  // where this fails there is nobody to tell
}

// Answers --help or --version; returns false if there was neither.
bool told_about(const ShellOptions& options, std::string_view program, std::string_view help) {
    if (options.help) {
        print(help);
    } else if (options.version) {
        print(std::string(program) + '\n');
    }
    return options.help || options.version;
}

// tag::run_program[]
// Runs the program's body and returns its exit status. What it throws becomes a line on stderr:
// std::invalid_argument is wrong usage, every other exception the failure of a boundary.
int run_program(const std::string& name, const std::function<int()>& body) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    try {
        return body();
    } catch (const std::invalid_argument& error) {
        print_error(name + ": " + error.what() + "; try '" + name + " --help'");
        return usage_failure;
    } catch (const std::exception& error) {
        print_error(name + ": " + error.what());
        return boundary_failure;
    }
}
// end::run_program[]

// The story on stderr, which a reader watches while the program runs. Any thread may tell.
class Story {
public:
    explicit Story(bool quiet) : quiet_(quiet) {}

    // Tells a line, whole, unless the user wants it quiet.
    void tell(std::string line) const {
        if (!quiet_) {
            print_error(std::move(line));
        }
    }

private:
    bool quiet_;
};

// The values: from the command line or from standard input.

// What a command line says of the values.
struct Values {
    std::vector<std::int32_t> given;
    bool from_stdin = false;

    // Takes an argument that is no option: a value, or "-". Throws std::invalid_argument.
    void take(std::string_view argument);

    // After the last argument: 42 if there was none. Throws std::invalid_argument if there were
    // values beside "-".
    void complete();
};

// The bytes of standard input, as they come. One thread at a time. Throws std::system_error.
class StandardInput final : public std::streambuf {
    int_type underflow() override;

    std::array<char, 4096> buffer_;
    bool ended_ = false;
};

// The values, one after another. Borrows the stream. One thread at a time.
class ValueSource {
public:
    using Complaint = std::function<void(std::string line)>;

    ValueSource(Values values, std::streambuf& in, Complaint complain);

    // The next value, or nothing at the end. A line that is not a value is complained about and
    // skipped. Lets what the stream throws pass.
    std::optional<std::int32_t> next();

    bool saw_bad_line() const { return saw_bad_line_; }

private:
    std::optional<std::int32_t> next_line();
    bool read_line(std::string& line);

    Values values_;
    std::size_t position_ = 0;  // of the next value, or of the line read last
    std::streambuf& in_;
    Complaint complain_;
    bool saw_bad_line_ = false;
};

namespace {

constexpr const char* not_a_value = " is not a decimal integer from -2147483648 to 2147483647";

// What is kept of a line: enough to see whether it is a value, however long it is.
constexpr std::size_t longest_line = 64;
constexpr std::size_t longest_zeros = 48;  // at the front of a number; more of them mean nothing

bool is_only_zeros(std::string_view number) {
    const bool has_sign = number.starts_with('-') || number.starts_with('+');
    return number.find_first_not_of('0', has_sign ? 1 : 0) == std::string_view::npos;
}

}  // namespace

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

// The text in quotes for an error message: cut if long, and nothing in it that could command a
// terminal.
std::string quote(std::string_view text) {
    constexpr std::size_t limit = 40;
    std::string shown(text.substr(0, limit));
    std::replace_if(
        shown.begin(), shown.end(), [](unsigned char c) { return std::isprint(c) == 0; }, '?');
    return "'" + shown + (text.size() > limit ? "...'" : "'");
}

void Values::take(std::string_view argument) {
    if (argument == "-") {
        from_stdin = true;
    } else if (const auto value = parse_value(argument)) {
        given.push_back(*value);
    } else if (argument.starts_with('-') && argument.find_first_of("0123456789") != 1) {
        throw std::invalid_argument("unknown option " + quote(argument));
    } else {
        throw std::invalid_argument(quote(argument) + not_a_value);
    }
}

void Values::complete() {
    if (from_stdin && !given.empty()) {
        throw std::invalid_argument(
            "'-' takes the values from standard input: give either '-' or values");
    }
    if (!from_stdin && given.empty()) {
        given.push_back(42);
    }
}

StandardInput::int_type StandardInput::underflow() {
    while (!ended_) {
        const ssize_t count = read(STDIN_FILENO, buffer_.data(), buffer_.size());
        if (count > 0) {
            setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
            return traits_type::to_int_type(buffer_.front());
        }
        if (count == 0) {
            ended_ = true;  // a terminal would go on after Ctrl-D
        } else if (errno == EAGAIN) {
            wait_until_ready(STDIN_FILENO, POLLIN);
        } else if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "cannot read standard input");
        }
    }
    return traits_type::eof();
}

ValueSource::ValueSource(Values values, std::streambuf& in, Complaint complain)
    : values_(std::move(values)), in_(in), complain_(std::move(complain)) {}

std::optional<std::int32_t> ValueSource::next() {
    if (values_.from_stdin) {
        return next_line();
    }
    return position_ < values_.given.size() ? std::optional(values_.given[position_++])
                                            : std::nullopt;
}

std::optional<std::int32_t> ValueSource::next_line() {
    for (std::string line; read_line(line);) {
        ++position_;
        if (line.empty()) {
            continue;
        }
        if (const auto value = parse_value(line)) {
            return value;
        }
        complain_("app: line " + std::to_string(position_) + ": " + quote(line) + not_a_value +
                  ", skipped");
        saw_bad_line_ = true;
    }
    return std::nullopt;
}

// Reads a whole line, and leaves in it what is kept, without the blanks at its ends. Returns false
// at the end of the stream.
bool ValueSource::read_line(std::string& line) {
    line.clear();
    std::size_t blanks = 0;  // since the last character kept
    for (bool any = false;; any = true) {
        const int c = in_.sbumpc();
        if (c == '\n' || c == std::streambuf::traits_type::eof()) {
            return any || c == '\n';
        }
        if (c == ' ' || c == '\t' || c == '\r') {
            ++blanks;
            continue;
        }
        if (!line.empty()) {
            line.append(std::min(blanks, longest_line - line.size()), ' ');
        }
        blanks = 0;
        if (line.size() >= longest_zeros && is_only_zeros(line)) {
            line.pop_back();
        }
        if (line.size() < longest_line) {
            line += static_cast<char>(c);
        }
    }
}

// The command line.

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

struct Options : ShellOptions {
    Values values;
};

// The arguments without the program's name. Throws std::invalid_argument if any of them is wrong.
Options parse_arguments(std::span<const char* const> given) {
    Options options;
    for (const std::string_view argument : given) {
        if (!options.take(argument)) {
            options.values.take(argument);
        }
    }
    options.values.complete();
    return options;
}

#ifndef UNIT_TESTS

namespace {

int run(std::span<const char* const> arguments) {
    const Options options = parse_arguments(arguments);
    if (told_about(options, "app 1.0.0", usage)) {
        return success;
    }
    const Story story(options.quiet);
    story.tell("step00_monofile: one source file, one executable");

    // tag::wiring[]
    const Component1 component1;
    const Component2 component2;
    const Pipeline pipeline(component1, component2);

    print("--- Processing Pipeline ---\n");
    StandardInput input;
    ValueSource values(options.values, input, print_error);
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
    return run_program("app", [&] { return run({argv + 1, argv + argc}); });
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

TEST_CASE("values: parse_value takes decimal integers of 32 bits only") {
    CHECK(parse_value("42") == 42);
    CHECK(parse_value("+7") == 7);
    CHECK(parse_value("-007") == -7);
    CHECK(parse_value("2147483647") == 2147483647);
    for (const char* wrong : {"", "-", "+", "+-1", "4 2", "1e3", "0x10", "2147483648"}) {
        CHECK(parse_value(wrong) == std::nullopt);
    }
}

TEST_CASE("values: from a stream, bad lines reported and skipped") {
    std::stringbuf in("1\n\n  2\t\r\nx\n" + std::string(1000, '9') + "\n3");
    std::string complaints;
    ValueSource values({{}, true}, in, [&](const std::string& line) { complaints += line; });
    CHECK(values.next() == 1);
    CHECK(values.next() == 2);
    CHECK_FALSE(values.saw_bad_line());
    CHECK(values.next() == 3);
    CHECK(values.next() == std::nullopt);
    CHECK(values.saw_bad_line());
    CHECK(complaints.find("line 4: 'x' is not") != std::string::npos);
    CHECK(complaints.find("line 5: '99999") != std::string::npos);
}

// The one value of a line, if it is one.
std::optional<std::int32_t> value_of(const std::string& line) {
    std::stringbuf in(line);
    return ValueSource({{}, true}, in, [](const std::string&) {}).next();
}

TEST_CASE("values: a line is judged the same at every length") {
    for (const int length : {0, 1, 30, 47, 48, 49, 63, 64, 65, 255, 256, 1000, 100000}) {
        const auto size = static_cast<std::size_t>(length);
        const std::string blanks(size, ' ');
        const std::string zeros(size, '0');
        CHECK(value_of(blanks + "42" + blanks) == 42);
        CHECK(value_of(zeros + "42") == 42);
        CHECK(value_of("-" + zeros + "2147483648\n") == -2147483648);
        CHECK(value_of(zeros + "2147483648") == std::nullopt);
        CHECK(value_of(zeros + "42" + blanks + "1") ==
              (length == 0 ? std::optional(421) : std::nullopt));
        CHECK(value_of(zeros + "42x") == std::nullopt);
        CHECK(value_of(blanks) == std::nullopt);
    }
}

TEST_CASE("options: values and switches") {
    CHECK(parse_arguments({}).values.given == std::vector<std::int32_t>{42});
    const std::array arguments{"-q", "-7", "8"};
    const Options options = parse_arguments(arguments);
    CHECK(options.quiet);
    CHECK(options.values.given == std::vector<std::int32_t>{-7, 8});
}

TEST_CASE("options: wrong arguments are refused") {
    for (const char* wrong : {"x", "1.5", "--verbose", "-x", "99999999999", "-"}) {
        const std::array arguments{"1", wrong};
        CHECK_THROWS_AS(parse_arguments(arguments), std::invalid_argument);
    }
}

#endif
