// How many exchanges a second several threads reach together.

#pragma once

#include <functional>
#include <istream>
#include <string>

// The command "concurrent THREADS MS": each thread repeats an exchange of its own for so long.
std::string count_concurrent(std::istream& arguments,
                             const std::function<std::function<void()>()>& new_exchange);
