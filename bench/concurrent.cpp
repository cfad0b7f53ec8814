#include "concurrent.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

std::string count_concurrent(std::istream& arguments,
                             const std::function<std::function<void()>()>& new_exchange) {
    int count = 0;
    std::chrono::milliseconds::rep time = 0;
    arguments >> count >> time;

    std::atomic<bool> measuring = false;
    std::atomic<bool> ending = false;
    std::atomic<std::size_t> exchanges = 0;
    std::vector<std::thread> threads(static_cast<std::size_t>(count));
    for (std::thread& thread : threads) {
        thread = std::thread([&, exchange = new_exchange()] {
            while (!ending) {
                exchange();
                exchanges += measuring ? 1 : 0;
            }
        });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(time / 5));  // to connect and warm up
    const auto began = std::chrono::steady_clock::now();
    measuring = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(time));
    measuring = false;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    ending = true;
    for (std::thread& thread : threads) {
        thread.join();
    }
    return "{\"per_second\": " + std::to_string(static_cast<double>(exchanges) / took.count()) +
           "}";
}
