// What C++, and its JSON library, make of what languages do not agree about: a line for each
// question, as naive.py and naive.mjs have it. Nobody checks anything here; that is what the
// services are for.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using nlohmann::json;

void say(const std::string& question, const std::string& answer) {
    std::cout << question << '\t' << answer << '\n';
}

std::string read_and_written(const std::string& text) {
    try {
        return json::parse(text).dump();
    } catch (const json::exception&) {
        return "refused";
    }
}

template <typename Answer>
std::string both(Answer first, Answer second) {
    return json(first).dump() + " and " + json(second).dump();
}

std::string four_digits(int value) {
    std::string text(16, ' ');
    text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%04d", value)));
    return text;
}

}  // namespace

int main() {
    say("reads 9007199254740993, writes", read_and_written("9007199254740993"));
    say("reads 18446744073709551616, writes", read_and_written("18446744073709551616"));
    say("reads 42.0, writes", read_and_written("42.0"));
    say("takes 42.0 for an integer", json::parse("42.0").is_number_integer() ? "yes" : "no");
    say("takes true for an integer", json::parse("true").is_number_integer() ? "yes" : "no");
    say("gives 3000000000 as an int32",
        std::to_string(json::parse("3000000000").get<std::int32_t>()));
    say("reads -0, writes", read_and_written("-0"));
    say("reads -0.0, writes", read_and_written("-0.0"));
    say("doubles 1073741824", "undefined");  // so nothing is computed here
    say("divides -7 by 2", std::to_string(-7 / 2));
    say("leaves of that", std::to_string(-7 % 2));
    say("rounds 2.5 and -2.5", both(std::lround(2.5), std::lround(-2.5)));
    say("writes -14 in four digits", four_digits(-14));
    say("reads NaN, writes", read_and_written("NaN"));
    say("writes a number that is none", json(std::nan("")).dump());
    say("reads the byte FF in a text", read_and_written("\"\xff\""));
    say("reads half a character, writes", read_and_written(R"("\ud800")"));
    say("reads an accent, writes", read_and_written("\"\xc3\xa9\""));
    say("reads after a byte order mark", read_and_written("\xef\xbb\xbf[]"));
    say("counts in two characters", std::to_string(std::string("\xc3\xa9\xf0\x9f\x98\x80").size()));
    say("reads b before a, writes", read_and_written(R"({"b":1,"a":2})"));
    say("reads b before 1, writes", read_and_written(R"({"b":1,"1":2})"));
    say("reads a twice, writes", read_and_written(R"({"a":1,"a":2})"));
    say("ends a line at \\r", "no");
}
