#include "list_panel.hpp"

#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <QtConcurrentMap>
#include <utility>
#include <vector>

#include "core/parse_value.hpp"

namespace {

constexpr qint64 longest_file = 1 << 20;  // half a million values, whose outcomes are kept
constexpr int lines_shown = 10'000;       // the oldest go

QString line_of(const Answer& answer) {
    const Outcome& outcome = answer.outcome;
    const QString text =
        answer.failure.isEmpty()
            ? QString::fromStdString(outcome.refused() ? outcome.error : outcome.analysis)
            : answer.failure;
    return QString("%1: %2").arg(outcome.input).arg(text);
}

}  // namespace

ListPanel::ListPanel(Evaluate evaluate, QWidget* parent)
    : QWidget(parent), evaluate_(std::move(evaluate)) {
    build();
    connect(open_, &QPushButton::clicked, this, &ListPanel::choose_file);
    using Watcher = QFutureWatcher<Answer>;
    connect(cancel_, &QPushButton::clicked, &watcher_, &Watcher::cancel);
    connect(&watcher_, &Watcher::progressRangeChanged, progress_, &QProgressBar::setRange);
    connect(&watcher_, &Watcher::progressValueChanged, progress_, &QProgressBar::setValue);
    connect(&watcher_, &Watcher::resultsReadyAt, this, &ListPanel::show_results);
    connect(&watcher_, &Watcher::finished, this, &ListPanel::finish);
}

ListPanel::~ListPanel() {
    watcher_.disconnect(this);
    watcher_.cancel();
    watcher_.waitForFinished();
}

void ListPanel::build() {
    open_ = new QPushButton("&Open a list…");
    cancel_ = new QPushButton("&Cancel");
    cancel_->setObjectName("cancel");
    cancel_->setEnabled(false);
    progress_ = new QProgressBar;
    results_ = new QPlainTextEdit;
    results_->setObjectName("results");
    results_->setReadOnly(true);
    results_->setMaximumBlockCount(lines_shown);
    status_ = new QLabel;
    status_->setObjectName("status");
    status_->setTextFormat(Qt::PlainText);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(open_);
    buttons->addWidget(progress_, 1);
    buttons->addWidget(cancel_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(buttons);
    column->addWidget(results_);
    column->addWidget(status_);
}

void ListPanel::choose_file() {
    const QString path = QFileDialog::getOpenFileName(this, "A list, one value a line");
    if (!path.isEmpty()) {
        run_file(path);
    }
}

void ListPanel::run_file(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > longest_file) {
        status_->setText(file.isOpen() ? path + " is longer than 1 MiB"
                                       : path + ": " + file.errorString());
        return;
    }
    std::vector<std::int32_t> values;
    int skipped = 0;
    for (const QByteArray& line : file.read(longest_file).split('\n')) {
        const QByteArray text = line.trimmed();
        if (const auto value =
                parse_value({text.constData(), static_cast<std::size_t>(text.size())})) {
            values.push_back(*value);
        } else if (!text.isEmpty()) {
            ++skipped;
        }
    }
    results_->clear();
    status_->setText(skipped == 0 ? "" : QString("%1 lines are no values, skipped").arg(skipped));
    open_->setEnabled(false);
    cancel_->setEnabled(true);
    shown_ = 0;
    failure_.clear();
    watcher_.setFuture(QtConcurrent::mapped(
        std::move(values),
        [evaluate = evaluate_](std::int32_t value) { return answer_of(evaluate, value); }));
}

void ListPanel::show_results() {
    const QFuture<Answer> future = watcher_.future();
    QStringList lines;
    for (; future.isResultReadyAt(shown_); ++shown_) {
        const Answer answer = future.resultAt(shown_);
        failure_ = answer.failure.isEmpty() ? failure_ : answer.failure;
        lines << line_of(answer);
    }
    if (!lines.isEmpty()) {
        results_->appendPlainText(lines.join('\n'));  // at once: the window draws each time
    }
}

void ListPanel::finish() {
    open_->setEnabled(true);
    cancel_->setEnabled(false);
    if (!failure_.isEmpty()) {
        status_->setText(failure_);
    } else if (watcher_.isCanceled()) {
        status_->setText("cancelled");
    }
    emit finished();
}
