// What the tests of faults share: batches, how a run must end, and time.

#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "deployment.hpp"
#include "runner.hpp"

using Milliseconds = std::chrono::milliseconds;

// Values, one per line, and what step00 makes of them.
struct Batch {
    std::string input;
    std::string out;
    int status = 0;
};
Batch batch_of(std::string input);
Batch make_batch(std::size_t count);  // with values of all kinds

// Starts the program that answers wrongly, in the place of service1; see there.
Program start_fake_service(const Deployment& deployment, const std::string& fault,
                           bool once = false);

// Options for the app: little time for a fault that shows only when time is up.
std::vector<std::string> with_timeout_for(const std::string& fault,
                                          std::vector<std::string> options);

// The app has done all of the batch.
void check_complete(Program& app, const Batch& batch);

// The app gave up: exit status 3, whole blocks only, and the error, its last line, matches.
void check_gave_up(Program& app, const Batch& batch, const std::string& error,
                   Milliseconds limit = promptly);

// How many calls the app has repeated, by its story.
int count_repetitions(const Program& app);

// The program, which was to serve, refuses to.
void check_refuses_to_start(Program& service, const std::string& error);

// Fails the test if it lives longer than the limit (longer with a sanitizer).
class TimeLimit {
public:
    explicit TimeLimit(Milliseconds limit) : limit_(limit) {}
    TimeLimit(const TimeLimit&) = delete;
    TimeLimit& operator=(const TimeLimit&) = delete;
    ~TimeLimit();

private:
    Milliseconds limit_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void pause(Milliseconds time);
