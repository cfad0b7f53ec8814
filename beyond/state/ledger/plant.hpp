// A fault, planted where it hurts most. For the demonstration and its tests.

#pragma once

#include <cstdint>
#include <filesystem>

// What the environment says: PLANT=kill or late, PLANT_EVERY=N, and PLANT_DIR, a folder where it
// notes what it does, and in which process, so that it does it once for a value. Without PLANT it
// does nothing. Any thread.
class Plant {
public:
    Plant();

    // For half of the chosen values: kills this process, as `kill -9` does.
    void before_commit(std::int32_t value) const;

    // For the other half: kills this process, or makes it late.
    void before_answer(std::int32_t value) const;

private:
    enum class Kind { none, kill, late };

    bool first_time(std::int32_t value) const;

    Kind kind_ = Kind::none;
    std::int32_t every_ = 0;
    std::filesystem::path directory_;
};
