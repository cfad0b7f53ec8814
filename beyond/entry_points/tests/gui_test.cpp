// What the window does besides: errors where they arise, a list, progress, cancelling, its end.

#include <QApplication>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <QTextBlock>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "window.hpp"

namespace {

void enter(Window& window, const char* text) {
    window.value().selectAll();
    QTest::keyClicks(&window.value(), text);
}

QString status_of(Window& window) {
    return window.list().findChild<QLabel*>("status")->text();
}

// A file with so many values, from 0.
void fill(QTemporaryFile& file, int values) {
    QVERIFY(file.open());
    for (int i = 0; i < values; ++i) {
        file.write(QByteArray::number(i) + '\n');
    }
    file.flush();
}

}  // namespace

class GuiTest final : public QObject {
    Q_OBJECT

private slots:
    void shows_each_stage() {
        Window window(evaluate);
        enter(window, "21");
        QTRY_COMPARE(window.pipeline().text_of(2), "Value-0042");
        QCOMPARE(window.pipeline().text_of(0), "42");
        QCOMPARE(window.pipeline().text_of(1), "valid");
        QCOMPARE(window.pipeline().text_of(3), "Analysis: 42 maps to Value-0042");
    }

    void shows_an_error_where_it_arises() {
        Window window(evaluate);
        enter(window, "5000");
        QTRY_VERIFY(window.pipeline().is_error(2));
        QVERIFY(window.pipeline().text_of(2).contains("four-digit"));
        enter(window, "-1073741825");
        QTRY_VERIFY(window.pipeline().is_error(0));
        QCOMPARE(window.pipeline().text_of(3), "–");
    }

    void what_is_no_value_cannot_be_typed() {
        Window window(evaluate);
        enter(window, "4x2");
        QTRY_VERIFY(window.json().startsWith(R"({"input":42,)"));
        enter(window, "3000000000");
        QTRY_VERIFY(window.json().startsWith(R"({"input":300000000,)"));
    }

    void digits_are_the_same_everywhere() {
        QLocale::setDefault(QLocale("fa_IR"));  // whose own are others
        Window window(evaluate);
        QCOMPARE(window.value().text(), "42");
        enter(window, "-21");
        QTRY_VERIFY(window.json().startsWith(R"({"input":-21,)"));
        QCOMPARE(window.value().text(), "-21");
        QLocale::setDefault(QLocale::c());
    }

    void the_core_is_away_from_the_windows_thread() {
        std::atomic<bool> elsewhere = false;
        Window window([&, here = std::this_thread::get_id()](std::int32_t value) {
            elsewhere = std::this_thread::get_id() != here;
            return evaluate(value);
        });
        QTRY_VERIFY(elsewhere);
    }

    void a_failure_is_shown() {
        Window window([](std::int32_t) -> Outcome { throw std::runtime_error("no core today"); });
        QTRY_COMPARE(window.json(), "failed: no core today");
        QTemporaryFile file;
        fill(file, 10);
        window.list().run_file(file.fileName());
        QTRY_COMPARE(status_of(window), "failed: no core today");
    }

    void a_list() {
        Window window(evaluate);
        QTemporaryFile file;
        fill(file, 3);
        file.write("x\n\n 5000 \n");
        file.flush();
        window.list().run_file(file.fileName());
        auto* results = window.list().findChild<QPlainTextEdit*>("results");
        QTRY_VERIFY(results->toPlainText().contains("5000: 10000 does not fit"));
        QTRY_COMPARE(results->blockCount(), 4);
        QCOMPARE(status_of(window), "1 lines are no values, skipped");
        QTRY_COMPARE(window.list().findChild<QProgressBar*>()->value(), 4);
        window.list().run_file("/no/such/file");
        QVERIFY(status_of(window).contains("No such file"));
    }

    void a_long_list_keeps_its_order() {
        Window window(evaluate);
        QTemporaryFile file;
        fill(file, 100'000);
        QSignalSpy finished(&window.list(), &ListPanel::finished);
        window.list().run_file(file.fileName());
        QVERIFY(finished.wait(30'000));
        const auto* results = window.list().findChild<QPlainTextEdit*>("results");
        QCOMPARE(results->blockCount(), 10'000);
        QVERIFY(results->document()->firstBlock().text().startsWith("90000: "));
        QVERIFY(results->document()->lastBlock().text().startsWith("99999: "));
    }

    void cancels_and_ends_soon() {
        Window window([](std::int32_t value) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return evaluate(value);
        });
        QTemporaryFile file;
        fill(file, 100'000);  // more than a minute for one thread
        window.list().run_file(file.fileName());
        auto* progress = window.list().findChild<QProgressBar*>();
        QTRY_VERIFY(progress->value() > 0);
        QTest::mouseClick(window.list().findChild<QPushButton*>("cancel"), Qt::LeftButton);
        QTRY_COMPARE(status_of(window), "cancelled");
        QVERIFY(progress->value() < 100'000);
        window.list().run_file(file.fileName());  // and again: the window goes while it runs
    }
};

QTEST_MAIN(GuiTest)
#include "gui_test.moc"
