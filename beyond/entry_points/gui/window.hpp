// Window: a value, what becomes of it stage by stage, and a list of values from a file.

#pragma once

#include <QFutureWatcher>
#include <QLineEdit>
#include <QSpinBox>
#include <QWidget>

#include "evaluation.hpp"
#include "list_panel.hpp"
#include "pipeline_view.hpp"

// Belongs to the GUI's thread, as everything of Qt's widgets; evaluate is called on others.
class Window final : public QWidget {
    Q_OBJECT

public:
    explicit Window(Evaluate evaluate);
    ~Window() override;  // waits for the value in hand

    // For the code that drives the window: tests, and the picture in the text.
    QSpinBox& value() { return *value_; }
    const PipelineView& pipeline() const { return *pipeline_; }
    ListPanel& list() { return *list_; }
    QString json() const { return json_->text(); }

signals:
    void answered();  // what became of the value is shown

private:
    void ask(int value);
    void show_answer();

    Evaluate evaluate_;
    QFutureWatcher<Answer> watcher_;
    QSpinBox* value_;
    PipelineView* pipeline_;
    QLineEdit* json_;
    ListPanel* list_;
};
