// ListPanel: runs the values of a file through the core, with progress, and can be stopped.

#pragma once

#include <QFutureWatcher>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QWidget>
#include <vector>

#include "evaluation.hpp"

// Belongs to the GUI's thread. The core runs on Qt's pool; its results arrive in this thread.
class ListPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ListPanel(Evaluate evaluate, QWidget* parent = nullptr);
    ~ListPanel() override;  // stops, and waits for the values in hand

    // A value a line; what is none is counted and skipped.
    void run_file(const QString& path);

signals:
    void finished();

private:
    void build();
    void choose_file();
    void show_results(int begin, int end);
    void finish();

    Evaluate evaluate_;
    std::vector<std::int32_t> values_;
    QFutureWatcher<Outcome> watcher_;
    QPushButton* open_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPlainTextEdit* results_ = nullptr;
    QLabel* status_ = nullptr;
};
