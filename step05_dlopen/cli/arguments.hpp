// Options that take a value.

#pragma once

#include <string>
#include <string_view>
#include <vector>

// Takes the option and its value out of the arguments, and returns the value: the last one if it is
// there more than once, empty if it is not there. Throws std::invalid_argument if it has no value.
std::string take_option(std::vector<std::string>& arguments, std::string_view name);

// What an option says, else the environment variable if it says anything, else the fallback.
std::string setting(const std::string& option, const char* variable, const std::string& fallback);
