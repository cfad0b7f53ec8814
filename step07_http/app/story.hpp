// The story on stderr, told by several threads.

#pragma once

#include <unistd.h>

#include <cstdio>
#include <string>

class Story {
public:
    explicit Story(bool quiet) : quiet_(quiet) {}

    // Tells a line, whole. Any thread.
    void tell(const std::string& line) const {
        if (!quiet_) {
            tell_error(line);
        }
    }

    // The same for what must be told even to those who want it quiet.
    static void tell_error(const std::string& line) {
        dprintf(STDERR_FILENO, "%s\n", line.c_str());  // a single write, and no stream to share
    }

private:
    bool quiet_;
};
