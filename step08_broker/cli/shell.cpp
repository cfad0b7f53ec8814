#include "shell.hpp"

#include <iostream>
#include <stdexcept>

void print(std::string_view text) {
    std::cout << text << std::flush;
    if (!std::cout) {
        throw std::runtime_error("cannot write to standard output: disk full, or reader gone?");
    }
}
