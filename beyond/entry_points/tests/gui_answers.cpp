// gui_answers FILE [PICTURE]: types each line of standard input into the window, waits, and writes
// the JSON that it shows to the file. Leaves a picture of the window, with the last value and the
// list.

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <fstream>
#include <iostream>
#include <string>

#include "window.hpp"

int main(int argc, char* argv[]) {
    const QApplication application(argc, argv);
    if (argc < 2) {
        std::cerr << "gui_answers: where to?\n";
        return 2;
    }
    std::ofstream answers(argv[1]);
    Window window(evaluate);
    QSignalSpy answered(&window, &Window::answered);
    window.resize(760, 420);
    window.show();
    QByteArray list;
    std::string line;
    answered.wait();
    while (std::getline(std::cin, line)) {
        const QString text = QString::fromStdString(line);
        list += line + '\n';
        if (window.value().cleanText() != text) {
            window.value().selectAll();
            window.value().setKeyboardTracking(false);  // one value, at the Enter
            QTest::keyClicks(&window.value(), text);
            QTest::keyClick(&window.value(), Qt::Key_Return);
            if (!answered.wait(5000)) {
                std::cerr << "the window does not answer to " << line << '\n';
                return 3;
            }
        }
        answers << window.json().toStdString() << '\n';
    }
    if (argc > 2) {
        QTemporaryFile file;
        file.open();
        file.write(list);
        file.flush();
        window.list().run_file(file.fileName());
        QTest::qWait(300);
        window.grab().save(argv[2]);
    }
    return answers.flush() ? 0 : 3;
}
