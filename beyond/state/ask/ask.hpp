// The caller: asks for one value after another, and says what it was told.

#pragma once

#include <span>

#include "ledger/ledger.hpp"

struct Orders {
    int first;
    int last;
};

// From the command line: FIRST LAST. Throws std::invalid_argument.
Orders parse_orders(std::span<char* const> arguments);

// A line on stdout for each answer, and on stderr, in the end, the time that a call took: the
// median.
void ask(Ledger& ledger, Orders orders);
