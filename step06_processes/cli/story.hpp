// The story on stderr, which several parts of the program tell.

#pragma once

#include <iostream>
#include <string>

// Any thread may tell.
class Story {
public:
    explicit Story(bool quiet) : quiet_(quiet) {}

    // Tells a line, in one piece, unless the user wants it quiet.
    void tell(const std::string& line) const {
        if (!quiet_) {
            std::cerr << line + '\n';
        }
    }

private:
    bool quiet_;
};
