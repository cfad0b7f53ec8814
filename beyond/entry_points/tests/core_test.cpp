// The core's JSON of texts that no component says today, but might tomorrow.

#include <iostream>
#include <string>
#include <utility>

#include "core/outcome.hpp"

int main() {
    int wrong = 0;
    const auto check = [&](std::string error, const std::string& expected) {
        Outcome outcome;
        outcome.input = 1;
        outcome.error = std::move(error);
        const std::string json = to_json(outcome);
        if (json != R"({"input":1,"error":")" + expected + "\"}") {
            std::cerr << "expected " << expected << ", found " << json << '\n';
            ++wrong;
        }
    };
    check("a \"quote\" and a \\", R"(a \"quote\" and a \\)");
    check("line\n\ttab\r", R"(line\u000a\u0009tab\u000d)");
    check(std::string("zero\0.", 6), R"(zero\u0000.)");
    check("größer – 値", "größer – 値");
    return wrong == 0 ? 0 : 1;
}
