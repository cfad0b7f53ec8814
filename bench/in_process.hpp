// In-process calls, timed by Google Benchmark in rounds, whenever the orchestrator asks for one.

#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

// Adds a series: call(input) is timed.
template <typename Call>
void time_call(const std::string& series, Call call) {
    const auto loop = [call](benchmark::State& state) {
        std::int32_t input = 42;
        for ([[maybe_unused]] const auto _ : state) {
            asm volatile("" : "+r"(input));  // which may be any value now
            const auto result = call(input);
            asm volatile("" : : "r,m"(result));  // which is used
        }
    };
    constexpr double block = 0.0005;  // seconds
    constexpr int blocks = 10;        // of each series, in random order, make a round
    benchmark::RegisterBenchmark(series.c_str(), loop)->MinTime(block)->Repetitions(blocks);
}

// A pointer to the same object, of which the compiler knows nothing: else it would see through a
// virtual call.
template <typename T>
const T& opaque(const T& object) {
    const T* pointer = &object;
    asm volatile("" : "+r"(pointer));
    return *pointer;
}

// Adds the series "cycle": the time of one clock cycle.
void time_cycle();

// Answers the orchestrator's commands until standard input ends, and returns the exit status. A
// call is shorter than reading a clock takes, so what is told of a series are the median and the
// 99th percentile of its blocks' means.
int answer_rounds();
