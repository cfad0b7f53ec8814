// Step 02: a call into a static library.

#include "component1/component1.hpp"
#include "floors/hand.hpp"
#include "in_process.hpp"

int main() {
    const Component1 component;
    time_call("call", [&](std::int32_t input) { return component.process(input); });
    for_each_copy([]<typename Copy>(Copy) {
        time_call("hand", [](std::int32_t input) { return hand_process<Copy::value>(input); });
    });
    time_cycle();
    return answer_rounds();
}
