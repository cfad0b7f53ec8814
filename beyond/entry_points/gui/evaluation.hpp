// What the window asks of the core, away from its own thread.

#pragma once

#include <QString>
#include <cstdint>
#include <exception>
#include <functional>

#include "core/outcome.hpp"

using Evaluate = std::function<Outcome(std::int32_t)>;

// What comes back from another thread: an outcome, or why there is none. No exception crosses.
struct Answer {
    Outcome outcome;
    QString failure;
};

inline Answer answer_of(const Evaluate& evaluate, std::int32_t value) {
    Answer answer;
    answer.outcome.input = value;
    try {
        answer.outcome = evaluate(value);
    } catch (const std::exception& error) {
        answer.failure = QString("failed: %1").arg(QString::fromUtf8(error.what()));
    }
    return answer;
}
