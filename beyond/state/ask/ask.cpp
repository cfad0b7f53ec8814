#include "ask/ask.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

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
    Clock::duration taken{};
    // tag::ask[]
    for (int number = orders.first; number <= orders.last; ++number) {
        const Request request{.key = "order-" + std::to_string(number), .value = number};
        const auto begin = Clock::now();
        const Entry entry = ledger.record(request);
        taken += Clock::now() - begin;
        print(std::to_string(number) + ": " + std::to_string(entry.count) + '\n');
    }
    // end::ask[]
    const int calls = orders.last - orders.first + 1;
    if (calls > 0) {
        print_error("ns per call: " +
                    std::to_string(std::chrono::nanoseconds(taken).count() / calls));
    }
}
