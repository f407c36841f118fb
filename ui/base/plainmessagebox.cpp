#include "ui/base/plainmessagebox.h"

#include "ui/base/plaintext.h"

#include <QLabel>

namespace eventloupe {

PlainMessageBox::PlainMessageBox(
    Icon icon, const QString& title, const QString& text, StandardButtons buttons, QWidget* parent)
    : QMessageBox(icon, titleText(title), QString(), buttons, parent)
{
    setTextFormat(Qt::PlainText);
    setText(visibleLines(text));
}

void PlainMessageBox::setInformativeText(const QString& text)
{
    QMessageBox::setInformativeText(visibleLines(text));
    for (auto* label : findChildren<QLabel*>()) {
        label->setTextFormat(Qt::PlainText);
        label->setOpenExternalLinks(false);
    }
}

} // namespace eventloupe
