// WebAssembly as an entry point: one function from text to JSON.

#include <emscripten.h>

#include <string>

#include "core/outcome.hpp"
#include "core/parse_value.hpp"

// tag::function[]
// The outcome of a decimal value as JSON; "" if the text is not a value. What it returns is good
// until the next call: a module has one thread, and its caller copies.
extern "C" EMSCRIPTEN_KEEPALIVE const char* evaluate_json(const char* text) {
    static std::string answer;
    const auto value = parse_value(text);
    answer = value ? to_json(evaluate(*value)) : "";
    return answer.c_str();
}
// end::function[]
