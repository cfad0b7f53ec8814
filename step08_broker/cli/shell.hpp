// The program as its shell sees it: exit status and output.

#pragma once

#include <string_view>

enum ExitStatus : int { success = 0, domain_failure = 1, usage_failure = 2, boundary_failure = 3 };

// Prints the text at once, so that a reader sees each block as soon as it is finished. Throws
// std::runtime_error.
void print(std::string_view text);
