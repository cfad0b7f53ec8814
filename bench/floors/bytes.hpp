// Writing and reading whole messages on a descriptor, with nothing around it.

#pragma once

#include <cstddef>
#include <functional>
#include <string>

void write_all(int descriptor, const std::string& bytes);

// Reads until the bytes are a whole message. Throws std::runtime_error if they end before.
std::string read_until(int descriptor, const std::function<bool(const std::string&)>& is_whole);
