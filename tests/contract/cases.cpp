// The contract (identical output in every step), case by case. Every one of them runs against every
// step; ctest knows them as stepNN.contract.<case>.

#include <csignal>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "catch2.hpp"
#include "deployment.hpp"
#include "difference.hpp"

namespace {

const std::string header = "--- Processing Pipeline ---\n";
const std::string end = "Execution complete\n";

// The blocks that a value may get. Nothing is calculated here: each case says what it expects.
std::string accepted(const std::string& input, const std::string& value, const std::string& valid,
                     const std::string& text) {
    return "Input value: " + input + "\nComponent1 result: ProcessResult { value: " + value +
           ", processed: true }, Valid: " + valid +
           "\nComponent2 result: TransformResult { original: " + value + ", transformed: \"" +
           text + "\" }\nAnalysis: " + value + " maps to " + text + "\n\n";
}

std::string rejected_by_component1(const std::string& input) {
    return "Input value: " + input + "\nComponent1 error: 2 x " + input +
           " does not fit a 32-bit integer\n\n";
}

std::string rejected_by_component2(const std::string& input, const std::string& value,
                                   const std::string& valid) {
    return "Input value: " + input + "\nComponent1 result: ProcessResult { value: " + value +
           ", processed: true }, Valid: " + valid + "\nComponent2 error: " + value +
           " does not fit the four-digit format (-9999..9999)\n\n";
}

const std::string block_of_1 = accepted("1", "2", "true", "Value-0002");
const std::string block_of_2 = accepted("2", "4", "true", "Value-0004");
const std::string block_of_7 = accepted("7", "14", "true", "Value-0014");
const std::string block_of_42 = accepted("42", "84", "true", "Value-0084");

// The contract's own example: each kind of block once.
const std::string blocks_of_four = R"(Input value: 42
Component1 result: ProcessResult { value: 84, processed: true }, Valid: true
Component2 result: TransformResult { original: 84, transformed: "Value-0084" }
Analysis: 84 maps to Value-0084

Input value: -7
Component1 result: ProcessResult { value: -14, processed: true }, Valid: false
Component2 result: TransformResult { original: -14, transformed: "Value--014" }
Analysis: -14 maps to Value--014

Input value: 5000
Component1 result: ProcessResult { value: 10000, processed: true }, Valid: true
Component2 error: 10000 does not fit the four-digit format (-9999..9999)

Input value: 1073741824
Component1 error: 2 x 1073741824 does not fit a 32-bit integer

)";

struct Batch {
    std::string input;
    std::string out;
};

Batch big_batch_of_four() {
    Batch batch{"", header};
    for (std::size_t i = 0; i < big_batch() / 4; ++i) {
        batch.input += "42\n-7\n5000\n1073741824\n";
        batch.out += blocks_of_four;
    }
    batch.out += end;
    return batch;
}

struct Case {
    std::vector<std::string> arguments = {};
    std::string input = {};
    std::string out = {};
    int status = 0;
    std::optional<std::string> err = {};  // matches all of stderr; "." matches no end of line
};

// The errors, without the story: -q is there, or nothing ran.
std::string bad_line(int number, const std::string& quoted) {
    return "app: line " + std::to_string(number) + ": '" + quoted + "' is not .*, skipped\n";
}

void check_end(Program& app, int status, const std::optional<std::string>& err,
               std::chrono::milliseconds limit = patience) {
    CHECK(app.wait(limit) == status);
    INFO("stderr: " << app.err());
    CHECK((!err || std::regex_match(app.err(), std::regex(*err))));
}

void check(const Case& expected) {
    const Deployment deployment;
    Program app = deployment.start_app({.arguments = expected.arguments, .input = expected.input});
    check_end(app, expected.status, expected.err);
    CHECK(difference(app.out(), expected.out) == "none");
}

// Nothing ran, and the one line on stderr contains this pattern.
void check_refused(const std::vector<std::string>& arguments, const std::string& pattern) {
    INFO("last argument: '" << arguments.back() << "'");
    check({.arguments = arguments, .status = 2, .err = "app: .*" + pattern + ".*\n"});
}

}  // namespace

// Values on the command line

TEST_CASE("no-value", "[contract]") {
    check({.out = header + block_of_42 + end});
}

TEST_CASE("one-value", "[contract]") {
    check({.arguments = {"42"}, .out = header + block_of_42 + end});
}

TEST_CASE("many-values", "[contract]") {
    check({.arguments = {"42", "-7", "5000", "1073741824"},
           .out = header + blocks_of_four + end,
           .status = 1});
}

TEST_CASE("zero", "[contract]") {
    check({.arguments = {"0"}, .out = header + accepted("0", "0", "false", "Value-0000") + end});
}

TEST_CASE("signs", "[contract]") {
    check({.arguments = {"+7", "-0", "-7"},
           .out = header + block_of_7 + accepted("0", "0", "false", "Value-0000") +
                  accepted("-7", "-14", "false", "Value--014") + end});
}

TEST_CASE("wrong-signs", "[contract]") {
    for (const std::string sign : {"--", "+-", "-+", "++"}) {
        check_refused({sign + "5"}, "");
    }
    check_refused({"+"}, "");
}

TEST_CASE("leading-zeros", "[contract]") {
    check({.arguments = {"0042", "-007", std::string(200, '0') + "7"},
           .out = header + block_of_42 + accepted("-7", "-14", "false", "Value--014") + block_of_7 +
                  end});
}

TEST_CASE("ends-of-int32", "[contract]") {
    check({.arguments = {"2147483647", "-2147483648"},
           .out = header + rejected_by_component1("2147483647") +
                  rejected_by_component1("-2147483648") + end,
           .status = 1});
}

TEST_CASE("past-the-ends-of-int32", "[contract]") {
    for (const std::string value : {"2147483648", "-2147483649", "99999999999999999999"}) {
        check_refused({"42", value}, "'" + value + "'");
    }
}

TEST_CASE("ends-of-doubling", "[contract]") {
    check({.arguments = {"1073741823", "1073741824", "-1073741824", "-1073741825"},
           .out = header + rejected_by_component2("1073741823", "2147483646", "true") +
                  rejected_by_component1("1073741824") +
                  rejected_by_component2("-1073741824", "-2147483648", "false") +
                  rejected_by_component1("-1073741825") + end,
           .status = 1});
}

TEST_CASE("inside-four-digits", "[contract]") {
    check({.arguments = {"4999", "-4999"},
           .out = header + accepted("4999", "9998", "true", "Value-9998") +
                  accepted("-4999", "-9998", "false", "Value--9998") + end});
}

TEST_CASE("outside-four-digits", "[contract]") {
    check({.arguments = {"5000", "-5000"},
           .out = header + rejected_by_component2("5000", "10000", "true") +
                  rejected_by_component2("-5000", "-10000", "false") + end,
           .status = 1});
}

TEST_CASE("domain-error-stops-nothing", "[contract]") {
    check({.arguments = {"1073741824", "1"},
           .out = header + rejected_by_component1("1073741824") + block_of_1 + end,
           .status = 1});
}

// Values on standard input

TEST_CASE("stdin", "[contract]") {
    check({.arguments = {"-"},
           .input = "42\n-7\n5000\n1073741824\n",
           .out = header + blocks_of_four + end,
           .status = 1});
}

TEST_CASE("stdin-empty", "[contract]") {
    check({.arguments = {"-"}, .out = header + end});
}

TEST_CASE("stdin-blank-lines", "[contract]") {
    check({.arguments = {"-q", "-"},
           .input = "\n1\n\n \t\n2\n\n",
           .out = header + block_of_1 + block_of_2 + end,
           .err = ""});
}

TEST_CASE("stdin-without-last-newline", "[contract]") {
    check({.arguments = {"-"}, .input = "1\n2", .out = header + block_of_1 + block_of_2 + end});
}

TEST_CASE("stdin-crlf", "[contract]") {
    check({.arguments = {"-"},
           .input = "1\r\n\r\n2\r\n",
           .out = header + block_of_1 + block_of_2 + end});
}

TEST_CASE("stdin-whitespace", "[contract]") {
    check({.arguments = {"-"},
           .input = "  1\n\t2 \t \n  42\n",
           .out = header + block_of_1 + block_of_2 + block_of_42 + end});
}

TEST_CASE("stdin-signs-and-zeros", "[contract]") {
    check({.arguments = {"-"},
           .input = "+7\n0042\n-007\n",
           .out = header + block_of_7 + block_of_42 + accepted("-7", "-14", "false", "Value--014") +
                  end});
}

TEST_CASE("stdin-bad-lines", "[contract]") {
    check({.arguments = {"-q", "-"},
           .input = "1\nx\n\n2 2\n2\n--5\n+-5\n-\n0x1\n1e3\n1.5",
           .out = header + block_of_1 + block_of_2 + end,
           .status = 2,
           .err = bad_line(2, "x") + bad_line(4, "2 2") + bad_line(6, "--5") +
                  bad_line(7, R"(\+-5)") + bad_line(8, "-") + bad_line(9, "0x1") +
                  bad_line(10, "1e3") + bad_line(11, R"(1\.5)")});
}

TEST_CASE("stdin-past-the-ends-of-int32", "[contract]") {
    check({.arguments = {"-q", "-"},
           .input = "2147483648\n-2147483649\n7\n",
           .out = header + block_of_7 + end,
           .status = 2,
           .err = bad_line(1, "2147483648") + bad_line(2, "-2147483649")});
}

TEST_CASE("stdin-bad-line-outranks-domain-error", "[contract]") {
    check({.arguments = {"-q", "-"},
           .input = "x\n5000\n",
           .out = header + rejected_by_component2("5000", "10000", "true") + end,
           .status = 2,
           .err = bad_line(1, "x")});
}

TEST_CASE("stdin-long-lines", "[contract]") {
    check({.arguments = {"-q", "-"},
           .input = std::string(300, '1') + "\n7\n" + std::string(1'000'000, '1') + "\n1\n",
           .out = header + block_of_7 + block_of_1 + end,
           .status = 2,
           .err = bad_line(1, "1{1,80}[.]*") + bad_line(3, "1{1,80}[.]*")});
}

TEST_CASE("stdin-long-lines-that-are-values", "[contract]") {
    for (const std::size_t length : {255U, 256U, 300U, 100'000U}) {
        const std::string blanks(length, ' ');
        const std::string zeros(length, '0');
        check({.arguments = {"-q", "-"},
               .input = blanks + "\n42" + blanks + "\n" + zeros + "1\n" + blanks + "2\n",
               .out = header + block_of_42 + block_of_1 + block_of_2 + end});
    }
    check({.arguments = {"-q", std::string(300, '0') + "7"}, .out = header + block_of_7 + end});
}

TEST_CASE("stdin-control-characters", "[contract]") {
    check({.arguments = {"-q", "-"},
           .input = std::string("1\0\n\033[31m\n7\n", 11),
           .out = header + block_of_7 + end,
           .status = 2,
           .err = bad_line(1, R"(1\?)") + bad_line(2, R"(\?\[31m)")});
}

TEST_CASE("stdin-big-batch", "[contract]") {
    const Batch batch = big_batch_of_four();
    check(
        {.arguments = {"-q", "-"}, .input = batch.input, .out = batch.out, .status = 1, .err = ""});
}

TEST_CASE("stdin-unreadable", "[contract]") {
    const Deployment deployment;
    Program app = deployment.start_app({.arguments = {"-q", "-"}, .input_file = "/"});
    check_end(app, 3, "app: .*standard input.*\n");
    CHECK(app.out() == header);
}

TEST_CASE("stdin-left-alone-without-dash", "[contract]") {
    const Deployment deployment;
    Program app = deployment.start_app({.arguments = {"42"}, .keep_input_open = true});
    CHECK(app.wait() == 0);
}

// Options

TEST_CASE("quiet", "[contract]") {
    const std::string out = header + block_of_42 + end;
    for (const std::string option : {"-q", "--quiet"}) {
        check({.arguments = {option, "42"}, .out = out, .err = ""});
        check({.arguments = {"42", option}, .out = out, .err = ""});
    }
}

TEST_CASE("options-anywhere-and-twice", "[contract]") {
    const std::string out = header + block_of_1 + block_of_2 + end;
    check({.arguments = {"1", "-q", "2", "--quiet"}, .out = out, .err = ""});
    check({.arguments = {"-q", "-", "-q"}, .input = "1\n2\n", .out = out, .err = ""});
}

TEST_CASE("story-on-stderr", "[contract]") {
    check({.arguments = {"42"},
           .out = header + block_of_42 + end,
           .err = step_under_test() + "_[^]*"});
}

TEST_CASE("natural-order-in-a-terminal", "[contract]") {
    const Deployment deployment;
    Program app =
        deployment.start_app({.arguments = {"-"}, .input = "1\nx\n2\n", .errors_to_output = true});
    CHECK(app.wait() == 2);
    INFO(app.out());
    std::size_t position = 0;
    for (const std::string& part : {step_under_test() + "_", header, block_of_1,
                                    std::string("app: line 2: "), block_of_2, end}) {
        position = app.out().find(part, position);
        const bool found = position != std::string::npos;
        INFO("looking for: " << part);
        REQUIRE(found);
        position += part.size();
    }
}

TEST_CASE("help", "[contract]") {
    for (const std::string option : {"-h", "--help"}) {
        const Deployment deployment;
        Program app = deployment.start_app({.arguments = {option, "42"}});
        check_end(app, 0, "");
        CHECK(app.out().starts_with("Usage: app [options] [VALUE ...]\n"));
        CHECK(app.out().find(header) == std::string::npos);
    }
}

TEST_CASE("version", "[contract]") {
    const Deployment deployment;
    Program app = deployment.start_app({.arguments = {"--version"}});
    check_end(app, 0, "");
    CHECK(std::regex_match(app.out(), std::regex("app [0-9]+[.][0-9]+[.][0-9]+\n")));
}

TEST_CASE("unknown-options", "[contract]") {
    for (const std::string option : {"--bogus", "-x", "--quiet=1", "--", "-qq"}) {
        check_refused({option}, "'" + option + "'");
    }
}

TEST_CASE("not-an-integer", "[contract]") {
    for (const std::string value : {"", "x", "4 2", "42 ", "1e3", "0x10", "-5x", "3.0"}) {
        check_refused({value}, "'" + value + "'");
    }
}

TEST_CASE("arguments-checked-first", "[contract]") {
    check_refused({"42", "x"}, "'x'");
    check_refused({"42", "--bogus"}, "'--bogus'");
    check_refused({"--help", "--bogus"}, "'--bogus'");
    check_refused({"--version", "x"}, "'x'");
}

TEST_CASE("dash-and-values", "[contract]") {
    check_refused({"-", "1"}, "'-'");
    check_refused({"1", "-"}, "'-'");
}

// Standard output that takes no more

TEST_CASE("stdout-closed-early", "[contract]") {
    const Deployment deployment;
    Program app =
        deployment.start_app({.arguments = {"-q", "-"}, .input = big_batch_of_four().input});
    app.await_lines(1);
    app.close_output();
    check_end(app, 3, "app: .*standard output.*\n", promptly);
}

TEST_CASE("stdout-full", "[contract]") {
    for (const std::string argument : {"42", "-", "--help", "--version"}) {
        const Deployment deployment;
        Program app =
            deployment.start_app({.arguments = {"-q", argument}, .output_file = "/dev/full"});
        INFO("argument: " << argument);
        check_end(app, 3, "app: .*standard output.*\n", promptly);
    }
}

// A disk that takes all but the last byte: the last write is a short one, and no error yet.
TEST_CASE("stdout-full-at-the-end", "[contract]") {
    const TemporaryDirectory directory;
    const std::string out = header + block_of_42 + end;
    const std::filesystem::path file = directory.path() / "out";
    std::ofstream(file).close();
    const Deployment deployment;
    Program app = deployment.start_app(
        {.arguments = {"-q", "42"}, .output_file = file, .file_limit = out.size() - 1});
    check_end(app, 3, "app: .*standard output.*\n", promptly);
    CHECK(std::filesystem::file_size(file) == out.size() - 1);
}

// Interrupts

namespace {

void check_interrupted_in_batch(int signal) {
    const Batch batch = big_batch_of_four();
    const Deployment deployment;
    Program app = deployment.start_app({.arguments = {"-"}, .input = batch.input});
    app.await_lines(50);
    app.send(signal);
    check_end(app, 128 + signal, {}, promptly);
    const std::string& out = app.out();
    CHECK(difference(out, batch.out.substr(0, out.size())) == "none");
    CHECK(out.size() < batch.out.size());
    CHECK(out.ends_with("\n\n"));  // no half block
}

void check_interrupted_while_waiting(int signal) {
    const Deployment deployment;
    Program app =
        deployment.start_app({.arguments = {"-"}, .input = "42\n", .keep_input_open = true});
    app.await_lines(6);  // so a block is there as soon as its value is
    app.send(signal);
    check_end(app, 128 + signal, {}, promptly);
    CHECK(app.out() == header + block_of_42);
}

}  // namespace

TEST_CASE("sigint-in-batch", "[contract]") {
    check_interrupted_in_batch(SIGINT);
}

TEST_CASE("sigterm-in-batch", "[contract]") {
    check_interrupted_in_batch(SIGTERM);
}

TEST_CASE("sigint-while-waiting", "[contract]") {
    check_interrupted_while_waiting(SIGINT);
}

TEST_CASE("sigterm-while-waiting", "[contract]") {
    check_interrupted_while_waiting(SIGTERM);
}
