// Step 05: a virtual call to an adapter, which calls a plugin through its C ABI.

#include "floors/hand_plugin.hpp"
#include "in_process.hpp"
#include "plugin_processor.hpp"

int main() {
    const PluginProcessor plugin(PLUGINS "/component1.so");
    const auto& processor = opaque<Processor>(plugin);
    time_call("call", [&](std::int32_t input) { return processor.process(input); });

    const HandPlugin hand(HAND_PLUGIN);
    const auto& by_hand = opaque<HandProcessor>(hand);
    time_call("hand", [&](std::int32_t input) { return by_hand.process(input); });
    time_call("c_function",
              [function = hand.function(), instance = hand.instance()](std::int32_t input) {
                  hand_plugin_result result;
                  function(instance, input, &result, nullptr);  // which refuses nothing here
                  return result;
              });
    time_cycle();
    return answer_rounds();
}
