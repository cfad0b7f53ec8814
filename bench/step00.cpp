// Step 00: a call within one file, which the compiler may inline. The step's file is part of this
// one, as it is part of the program.

#define main step00_main
#include "main.cpp"  // NOLINT(bugprone-suspicious-include)
#undef main

#include "floors/doubled_by_hand.hpp"
#include "in_process.hpp"

namespace {

ProcessResult by_hand(std::int32_t input) {
    return {doubled_by_hand<1>(input), true};
}

}  // namespace

int main() {  // NOLINT(bugprone-exception-escape): without what it measures it had better die
    const Component1 component;
    time_call("call", [&](std::int32_t input) { return component.process(input); });
    time_call("hand", [](std::int32_t input) { return by_hand(input); });
    time_cycle();
    return answer_rounds();
}
