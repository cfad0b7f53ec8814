#include "rounds.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <iterator>
#include <sstream>
#include <utility>
#include <vector>

#include "series.hpp"

using std::chrono::steady_clock;

void Rounds::time(const std::string& series, std::function<void()> exchange) {
    add(series, [exchange = std::move(exchange)] {
        const auto began = steady_clock::now();
        exchange();
        return Nanoseconds(steady_clock::now() - began);
    });
}

void Rounds::add(const std::string& series, std::function<Nanoseconds()> measured) {
    series_[series] = std::move(measured);
}

void Rounds::on(const std::string& command, Handler handler) {
    handlers_[command] = std::move(handler);
}

// Each series once, in an order that changes from round to round.
std::string Rounds::round(std::istream& arguments) {
    std::chrono::milliseconds::rep milliseconds = 0;
    arguments >> milliseconds;
    const std::chrono::milliseconds time(milliseconds);
    std::vector<std::string> names{std::istream_iterator<std::string>(arguments), {}};
    std::rotate(names.begin(), names.begin() + static_cast<long>(rounds_++ % names.size()),
                names.end());

    std::string members;
    for (const std::string& name : names) {
        const auto& measured = series_.at(name);
        const auto warm_up_end = steady_clock::now() + time / 10;
        do {
            measured();  // the caches belong to the series before
        } while (steady_clock::now() < warm_up_end);
        std::vector<double> times;
        const auto end = steady_clock::now() + time;
        do {
            times.push_back(measured().count());
        } while (steady_clock::now() < end);
        append_series(members, name, times);
    }
    return "{" + members + "}";
}

int Rounds::run() {
    on("round", [this](std::istream& arguments) { return round(arguments); });
    try {
        for (std::string line; std::getline(std::cin, line);) {
            std::istringstream arguments(line);
            std::string command;
            arguments >> command;
            std::cout << handlers_.at(command)(arguments) << std::endl;
        }
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << '\n';
        return 1;
    }
}
