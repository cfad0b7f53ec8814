// Options that take a number.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Takes the option and its number out of the arguments; the fallback's number if the option is not
// there. Throws std::invalid_argument if that is no number from least to most.
std::int32_t take_number(std::vector<std::string>& arguments, std::string_view name,
                         const std::string& fallback, std::int32_t least, std::int32_t most);
