#include "ask/ask.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "shell.hpp"
#include "values.hpp"

Orders parse_orders(std::span<char* const> arguments) {
    if (arguments.size() == 2) {
        const auto first = parse_value(arguments[0]);
        const auto last = parse_value(arguments[1]);
        if (first && last && *first >= 0 && *last <= 1'000'000) {
            return {*first, *last};
        }
    }
    throw std::invalid_argument("say FIRST and LAST, two numbers from 0 to 1000000");
}

void ask(Ledger& ledger, Orders orders) {
    using Clock = std::chrono::steady_clock;
    std::vector<Clock::duration> taken;
    // tag::ask[]
    for (int number = orders.first; number <= orders.last; ++number) {
        const Request request{.key = "order-" + std::to_string(number), .value = number};
        const auto begin = Clock::now();
        const Entry entry = ledger.record(request);
        taken.push_back(Clock::now() - begin);
        print(std::to_string(number) + ": " + std::to_string(entry.count) + '\n');
    }
    // end::ask[]
    if (!taken.empty()) {
        const auto middle = taken.begin() + static_cast<std::ptrdiff_t>(taken.size() / 2);
        std::nth_element(taken.begin(), middle, taken.end());
        std::cerr << "ns per call: " + std::to_string(std::chrono::nanoseconds(*middle).count()) +
                         '\n';
    }
}
