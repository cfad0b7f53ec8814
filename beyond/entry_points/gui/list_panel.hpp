// ListPanel: runs the values of a file through the core, with progress, and can be stopped.

#pragma once

#include <QFutureWatcher>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QWidget>

#include "evaluation.hpp"

// Belongs to the GUI's thread. The core runs on Qt's pool; its results arrive in this thread.
class ListPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ListPanel(Evaluate evaluate, QWidget* parent = nullptr);
    ~ListPanel() override;  // stops, and waits for the values in hand

    // One value a line; other lines are counted and skipped.
    void run_file(const QString& path);

signals:
    void finished();

private:
    void build();
    void choose_file();
    void show_results();
    void finish();

    Evaluate evaluate_;
    QFutureWatcher<Answer> watcher_;
    int shown_ = 0;    // answers, from the first; they may come in any order
    QString failure_;  // the last one
    QPushButton* open_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPlainTextEdit* results_ = nullptr;
    QLabel* status_ = nullptr;
};
