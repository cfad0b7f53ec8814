// A plugin as one would write it by hand, and its host: C functions, found by name.

#pragma once

#include <cstddef>
#include <cstdint>

#include "hand.hpp"

extern "C" {
struct hand_plugin_result {
    std::int32_t value;
    std::uint8_t processed;
};

struct hand_plugin_text {
    char* data;
    std::size_t capacity;
    std::size_t length;
};

// Returns 0, or 1 and a text if the value is refused.
using hand_plugin_function = int (*)(const void* instance, std::int32_t input,
                                     hand_plugin_result* result, hand_plugin_text* error);
}

// Loads the library for good: a measuring program has no use for unloading it.
class HandPlugin final : public HandProcessor {
public:
    explicit HandPlugin(const char* library);

    HandResult process(std::int32_t input) const override;

    hand_plugin_function function() const { return function_; }
    const void* instance() const { return instance_; }

private:
    hand_plugin_function function_;
    const void* instance_;
};
