// Step 04: a virtual call into a shared library.

#include "component1/component1.hpp"
#include "floors/hand.hpp"
#include "in_process.hpp"

int main() {
    const Component1 component;
    const auto& processor = opaque<Processor>(component);
    time_call("call", [&](std::int32_t input) { return processor.process(input); });

    for_each_copy([]<typename Copy>(Copy) {
        static const Hand<Copy::value> hand;
        const auto& by_hand = opaque<HandProcessor>(hand);
        time_call("hand", [&](std::int32_t input) { return by_hand.process(input); });
    });
    time_cycle();
    return answer_rounds();
}
