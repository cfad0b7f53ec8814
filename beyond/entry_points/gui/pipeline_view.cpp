#include "pipeline_view.hpp"

#include <QHBoxLayout>
#include <array>

namespace {

constexpr std::array stage_names{"process", "validate", "transform", "analyze"};
constexpr const char* result_style = "border: 2px solid #2e7d32; border-radius: 6px; padding: 6px";
constexpr const char* error_style = "border: 2px solid #b00020; border-radius: 6px; padding: 6px";
constexpr const char* missing_style = "border: 2px dashed gray; border-radius: 6px; padding: 6px";

// The result of each stage that has one, in their order.
// tag::results[]
QStringList results_of(const Outcome& outcome) {
    QStringList results;
    if (outcome.processed) {
        results << QString::number(outcome.processed->value);
        results << (outcome.valid ? "valid" : "not valid");
    }
    if (outcome.transformed) {
        results << QString::fromStdString(outcome.transformed->transformed);
        results << QString::fromStdString(outcome.analysis);
    }
    return results;
}
// end::results[]

}  // namespace

PipelineView::PipelineView(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    for (const char* name : stage_names) {
        if (!stages_.empty()) {
            row->addWidget(new QLabel("→"));
        }
        auto* stage = new QLabel;
        stage->setObjectName(name);
        stage->setWordWrap(true);
        stage->setTextFormat(Qt::PlainText);  // a component's text is not markup
        row->addWidget(stage, 1);
        stages_.push_back(stage);
    }
}

void PipelineView::show_outcome(const Outcome& outcome) {
    const QStringList results = results_of(outcome);
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        const auto index = static_cast<qsizetype>(i);
        const bool refused = outcome.refused() && index == results.size();
        const QString text = refused                  ? QString::fromStdString(outcome.error)
                             : index < results.size() ? results[index]
                                                      : QString("–");
        stages_[i]->setText(QString("%1\n%2").arg(stage_names[i], text));
        stages_[i]->setStyleSheet(refused                  ? error_style
                                  : index < results.size() ? result_style
                                                           : missing_style);
    }
}

QString PipelineView::text_of(std::size_t stage) const {
    return stages_.at(stage)->text().section('\n', 1);
}

bool PipelineView::is_error(std::size_t stage) const {
    return stages_.at(stage)->styleSheet() == error_style;
}
