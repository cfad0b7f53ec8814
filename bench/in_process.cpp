#include "in_process.hpp"

#include <array>
#include <iostream>
#include <map>
#include <vector>

#include "series.hpp"

namespace {

class Collector final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }

    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type == Run::RT_Iteration) {
                nanoseconds_[run.run_name.function_name].push_back(run.GetAdjustedRealTime());
            }
        }
    }

    std::string report() {
        std::string members;
        for (auto& [series, times] : nanoseconds_) {
            append_series(members, series, times);
        }
        return "{" + members + "}";
    }

private:
    std::map<std::string, std::vector<double>> nanoseconds_;
};

}  // namespace

void time_cycle() {
    // Each of these needs the result of the one before, and takes one cycle.
    time_call("cycle_x100", [](std::int32_t input) {
        std::int32_t value = input;
        for (int i = 0; i < 100; ++i) {
            value ^= input;
            asm volatile("" : "+r"(value));
        }
        return value;
    });
}

int answer_rounds() {
    std::string program = "bench";
    std::string interleave = "--benchmark_enable_random_interleaving=true";
    std::array<char*, 3> arguments{program.data(), interleave.data(), nullptr};
    int count = 2;
    benchmark::Initialize(&count, arguments.data());

    for (std::string line; std::getline(std::cin, line);) {
        Collector collector;
        benchmark::RunSpecifiedBenchmarks(&collector);
        std::cout << collector.report() << std::endl;
    }
    return 0;
}
