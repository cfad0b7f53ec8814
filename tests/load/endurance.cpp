// Endurance: a long batch, and after each tenth of it the rate, and the memory and descriptors of
// every process. They must stay as they are. HARNESS_VALUES sets the size of the batch.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catch2.hpp"
#include "difference.hpp"
#include "faults.hpp"
#include "processes.hpp"

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::string values(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = static_cast<long>(i * 7919 % 11'000) - 5500;  // a tenth is rejected
        text += std::to_string(value) + '\n';
    }
    return text;
}

// Every block ends with an empty line.
class BlockCounter {
public:
    void add(std::string_view text) {
        for (const char c : text) {
            count_ += c == '\n' && last_ == '\n' ? 1 : 0;
            last_ = c;
        }
    }
    std::size_t count() const { return count_; }

private:
    std::size_t count_ = 0;
    char last_ = ' ';
};

// What step00 makes of the same input, piece by piece.
class Reference {
public:
    explicit Reference(const std::string& input)
        : program_(start_reference({.arguments = {"-q", "-"}, .input = input})) {}

    void check_next(std::string_view out) {
        while (more_ && text_.size() < out.size()) {
            read();
        }
        const std::string_view same = std::string_view(text_).substr(0, out.size());
        if (out != same) {
            FAIL(difference(out, same));
        }
        text_.erase(0, out.size());
    }

    int status_at_end() {
        while (more_) {
            read();
        }
        CHECK(text_.empty());
        return program_.wait();
    }

private:
    void read() {
        more_ = program_.runs_for(1ms);
        if (!more_) {
            program_.wait();  // which reads the rest
        }
        text_ += program_.take_out();
    }

    Program program_;
    std::string text_;
    bool more_ = true;
};

struct Figures {
    long memory;
    long descriptors;
};

class Record {
public:
    explicit Record(std::map<std::string, pid_t> processes) : processes_(std::move(processes)) {
        std::cout << "values/s; KiB and descriptors of";
        for (const auto& [name, process] : processes_) {
            std::cout << ' ' << name;
        }
        std::cout << std::endl;
    }

    void add_tenth(std::size_t values) {
        const auto now = Clock::now();
        rates_.push_back(static_cast<double>(values) /
                         std::chrono::duration<double>(now - last_).count());
        last_ = now;
        std::cout << std::setw(3) << 10 * rates_.size() << " %" << std::setw(8)
                  << static_cast<long>(rates_.back());
        for (const auto& [name, process] : processes_) {
            const Figures figures{memory_of(process), descriptors_of(process)};
            std::cout << std::setw(9) << figures.memory << std::setw(4) << figures.descriptors;
            figures_[name].push_back(figures);
        }
        std::cout << std::endl;
    }

    std::size_t tenths() const { return rates_.size(); }

    void check_flat(long values) const {
        for (const auto& [name, figures] : figures_) {
            INFO(name);
            const Figures& early = figures.at(1);  // all has been used by then
            CHECK(figures.back().descriptors <= early.descriptors);
            if (name != "broker") {  // which collects its garbage when it likes
                // Half a MiB for what is kept for later, and less than a byte for each call.
                CHECK(figures.back().memory <= early.memory + 512 + values / 500);
            }
        }
        const auto first_half = median(rates_.begin(), rates_.begin() + 5);
        const auto second_half = median(rates_.begin() + 5, rates_.end());
        CHECK(second_half >= first_half / 4);  // the machine may have been busy
    }

private:
    using Position = std::vector<double>::const_iterator;

    static double median(Position begin, Position end) {
        std::vector<double> sorted(begin, end);
        std::ranges::sort(sorted);
        return sorted.at(sorted.size() / 2);
    }

    std::map<std::string, pid_t> processes_;
    std::map<std::string, std::vector<Figures>> figures_;
    std::vector<double> rates_;
    Clock::time_point last_ = Clock::now();
};

}  // namespace

TEST_CASE("endurance", "[endurance]") {
    const char* chosen = std::getenv("HARNESS_VALUES");
    const std::size_t count = chosen != nullptr ? std::stoul(chosen) : 20'000;
    const std::string input = values(count);
    const bool step06 = step_under_test() == "step06";

    Deployment deployment(no_parts);
    std::map<std::string, pid_t> processes;
    for (const Part part : all_parts()) {
        const bool broker = part == Part::broker;
        deployment.start(part, broker ? Command{} : Command{.arguments = {"--quiet"}});
        processes[broker                   ? "broker"
                  : part == Part::service1 ? "service1"
                                           : "service2"] = deployment[part].id();
    }
    Reference reference(input);
    std::vector<std::string> arguments{"-q", "-"};
    if (!step06) {
        arguments.insert(arguments.end(), {"--jobs", "8"});
    }
    Program app =
        deployment.start_app({.arguments = arguments, .input = input, .keep_input_open = true});
    app.await_lines(1);
    processes["app"] = app.id();
    for (const Process& child : children_of(app.id())) {
        processes[child.name] = child.id;
    }
    REQUIRE(processes.size() >= 3);

    Record record(processes);
    BlockCounter blocks;
    for (bool runs = true; runs;) {
        runs = app.runs_for(10ms);
        if (!runs) {
            app.wait();  // which reads the rest
        }
        const std::string out = app.take_out();
        reference.check_next(out);
        blocks.add(out);
        if (record.tenths() < 10 && blocks.count() >= (record.tenths() + 1) * count / 10) {
            record.add_tenth(count / 10);
        }
        if (record.tenths() == 10) {
            app.end_input();
        }
    }
    CHECK(app.wait() == reference.status_at_end());
    CHECK(blocks.count() == count);
    record.check_flat(static_cast<long>(count));
}
