// What every program here does around its main().

#pragma once

#include <csignal>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>

// Runs the body and returns its exit status. What it throws becomes a line on stderr:
// std::invalid_argument is wrong usage (2), every other exception the failure of a boundary (3).
inline int run_program(const std::string& name, const std::function<int()>& body) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error like a full disk
    try {
        return body();
    } catch (const std::invalid_argument& error) {
        std::cerr << name + ": " + error.what() + '\n';
        return 2;
    } catch (const std::exception& error) {
        std::cerr << name + ": " + error.what() + '\n';
        return 3;
    }
}

// What an environment variable says, else the fallback.
inline std::string variable(const char* name, const std::string& fallback) {
    const char* set = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return set != nullptr && *set != '\0' ? set : fallback;
}
