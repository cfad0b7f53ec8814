// What the window asks of the core, away from its own thread.

#pragma once

#include <QFuture>
#include <QString>
#include <QUnhandledException>
#include <cstdint>
#include <exception>
#include <functional>

#include "core/outcome.hpp"

using Evaluate = std::function<Outcome(std::int32_t)>;

// Why the future has no result, in words; "" if it has one or was cancelled. The future is
// finished.
template <typename Result>
QString failure_of(QFuture<Result> future) {
    try {
        future.waitForFinished();
    } catch (const QUnhandledException& unhandled) {
        try {
            std::rethrow_exception(unhandled.exception());
        } catch (const std::exception& error) {
            return QString::fromUtf8(error.what());
        } catch (...) {
            return QStringLiteral("an exception of unknown type");
        }
    }
    return {};
}
