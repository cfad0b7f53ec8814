// The calls of steps 00 to 05 as one would write them by hand: what a step's call is held against.
//
// A call takes five or six clock cycles, and one more or less by where the linker puts the function
// called. So there are some copies of it, in different places, and their median counts.

#pragma once

#include <cstdint>
#include <type_traits>

struct HandResult {
    std::int32_t value;
    bool processed;
};

// Twice the input. Throws std::domain_error if that does not fit 32 bits.
template <int Copy>
HandResult hand_process(std::int32_t input);

class HandProcessor {
public:
    HandProcessor() = default;
    HandProcessor(const HandProcessor&) = delete;
    HandProcessor& operator=(const HandProcessor&) = delete;
    virtual ~HandProcessor() = default;
    virtual HandResult process(std::int32_t input) const = 0;
};

template <int Copy>
class Hand final : public HandProcessor {
public:
    HandResult process(std::int32_t input) const override;
};

// Calls use() with the number of each copy, as a constant.
template <typename Use>
void for_each_copy(Use use) {
    use(std::integral_constant<int, 1>());
    use(std::integral_constant<int, 2>());
    use(std::integral_constant<int, 3>());
    use(std::integral_constant<int, 4>());
    use(std::integral_constant<int, 5>());
}
