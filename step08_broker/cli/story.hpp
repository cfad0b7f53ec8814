// The story on stderr: what a reader watches while the program runs.

#pragma once

#include <string>
#include <utility>

#include "shell.hpp"

// Any thread may tell.
class Story {
public:
    explicit Story(bool quiet) : quiet_(quiet) {}

    // Tells a line, whole, unless the user wants it quiet.
    void tell(std::string line) const {
        if (!quiet_) {
            print_error(std::move(line));
        }
    }

private:
    bool quiet_;
};
