// Seed: what the random part of a test starts from. Printed, and HARNESS_SEED repeats a run.

#pragma once

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

inline unsigned seed() {
    const char* chosen = std::getenv("HARNESS_SEED");
    const unsigned seed =
        chosen != nullptr ? static_cast<unsigned>(std::stoul(chosen)) : std::random_device()();
    std::cout << "HARNESS_SEED=" << seed << std::endl;
    return seed;
}
