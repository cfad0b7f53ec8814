// Nanoseconds until the window shows one value, and a list of a thousand, as JSON.

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <algorithm>
#include <iostream>
#include <vector>

#include "window.hpp"

namespace {

constexpr int rounds = 21;

// The median time from the start of something until the signal.
template <typename Start>
qint64 median(QSignalSpy& spy, Start&& start) {
    std::vector<qint64> found;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        start(round);
        spy.wait(5000);
        found.push_back(timer.nsecsElapsed());
    }
    std::nth_element(found.begin(), found.begin() + rounds / 2, found.end());
    return found[rounds / 2];
}

}  // namespace

int main(int argc, char* argv[]) {
    const QApplication application(argc, argv);
    Window window(evaluate);
    QSignalSpy answered(&window, &Window::answered);
    window.show();
    answered.wait(5000);
    QTemporaryFile file;
    if (!file.open()) {
        return 3;
    }
    for (int value = 0; value < 1000; ++value) {
        file.write(QByteArray::number(value) + '\n');
    }
    file.flush();
    const qint64 one = median(answered, [&](int round) { window.value().setValue(round); });
    QSignalSpy finished(&window.list(), &ListPanel::finished);
    const qint64 thousand = median(finished, [&](int) { window.list().run_file(file.fileName()); });
    std::cout << R"({"one_ns":)" << one << R"(,"thousand_ns":)" << thousand << "}\n";
    return 0;
}
