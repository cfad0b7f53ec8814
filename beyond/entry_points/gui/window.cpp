#include "window.hpp"

#include <QFormLayout>
#include <QtConcurrentRun>
#include <limits>
#include <utility>

Window::Window(Evaluate evaluate)
    : evaluate_(std::move(evaluate)),
      value_(new QSpinBox),
      pipeline_(new PipelineView),
      json_(new QLineEdit),
      list_(new ListPanel(evaluate_)) {
    setWindowTitle("The pipeline");
    setLocale(QLocale::c());  // digits are 0 to 9 at all doors, wherever the user lives
    value_->setRange(std::numeric_limits<std::int32_t>::min(),
                     std::numeric_limits<std::int32_t>::max());
    value_->setObjectName("value");
    json_->setReadOnly(true);
    auto* form = new QFormLayout(this);
    form->addRow("&Value", value_);
    form->addRow("Pipeline", pipeline_);
    form->addRow("&JSON", json_);
    form->addRow("List", list_);
    connect(value_, &QSpinBox::valueChanged, this, &Window::ask);
    connect(&watcher_, &QFutureWatcher<Answer>::finished, this, &Window::show_answer);
    value_->setValue(42);
}

Window::~Window() {
    watcher_.disconnect(this);
    watcher_.waitForFinished();
}

void Window::ask(int value) {
    // On a thread of Qt's pool; the answer comes back as an event. An answer to the
    // previous value that is still on its way is dropped.
    watcher_.setFuture(QtConcurrent::run(answer_of, evaluate_, value));
}

void Window::show_answer() {
    const Answer answer = watcher_.result();
    if (answer.failure.isEmpty()) {
        pipeline_->show_outcome(answer.outcome);
        json_->setText(QString::fromStdString(to_json(answer.outcome)));
        json_->setCursorPosition(0);
    } else {
        json_->setText(answer.failure);
    }
    emit answered();
}
