// A closed loop: a number of slots, each of which has a piece of work in progress, and begins the
// next one as soon as that is done.

#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "in_flight/carrier.hpp"
#include "in_flight/work.hpp"

struct Load {
    Work::Kind work = Work::Kind::call;
    std::size_t in_progress = 1;
    std::chrono::milliseconds time{100};
    std::vector<pid_t> others;  // whose use of the cores is measured, beside this process's
};

// Pieces a second, how long one takes (nanoseconds), and how many cores each process kept busy.
// What ends in the first fifth of the time is not counted, and the time is longer if that is needed
// for as many pieces as are in progress. Returns when nothing is in progress any more.
nlohmann::json put_on(Carrier& carrier, const Load& load);
