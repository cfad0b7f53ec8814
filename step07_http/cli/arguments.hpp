// Arguments, and options that take a value.

#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// The arguments of a program, one after another. Borrows them. One thread. What takes a value
// throws std::invalid_argument if there is none or it is wrong.
class Arguments {
public:
    explicit Arguments(std::span<const char* const> arguments) : rest_(arguments) {}

    // Goes to the next argument; returns false at the end.
    bool next();

    // The argument that this is at, and whether it is this option.
    std::string_view current() const { return current_; }
    bool is(std::string_view option) const { return current_ == option; }

    // Each takes the value of the option that this is at.
    std::string text();
    std::int32_t number(std::int32_t least, std::int32_t most);
    std::chrono::milliseconds milliseconds(std::int32_t least = 1) {
        return std::chrono::milliseconds(number(least, 3'600'000));
    }

private:
    std::span<const char* const> rest_;
    std::string_view current_;
};

// What an option says, else the environment variable if it says anything, else the fallback.
std::string setting(const std::string& option, const char* variable, const std::string& fallback);
