// PipelineView: the stages of the pipeline side by side, each with its result or its error.

#pragma once

#include <QLabel>
#include <QStringList>
#include <QWidget>
#include <vector>

#include "core/outcome.hpp"

class PipelineView final : public QWidget {
public:
    explicit PipelineView(QWidget* parent = nullptr);

    void show_outcome(const Outcome& outcome);

    // What a stage shows, and whether that is an error. For tests.
    QString text_of(std::size_t stage) const;
    bool is_error(std::size_t stage) const;

private:
    std::vector<QLabel*> stages_;  // owned by the widget, as Qt has it
};
