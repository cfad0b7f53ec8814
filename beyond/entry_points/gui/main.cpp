// A window as an entry point.

#include <QApplication>

#include "window.hpp"

int main(int argc, char* argv[]) {
    const QApplication application(argc, argv);
    Window window(evaluate);
    window.resize(760, 420);
    window.show();
    return QApplication::exec();
}
