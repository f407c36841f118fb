#pragma once

#include <QMessageBox>

namespace eventloupe {

/// A message box whose texts are text, never markup and never links, with signs for what is not
/// seen: it may quote a file's name or a payload.
class PlainMessageBox final : public QMessageBox {
    Q_OBJECT

public:
    PlainMessageBox(Icon icon, const QString& title, const QString& text, StandardButtons buttons,
        QWidget* parent);

    /// In place of QMessageBox's, whose label would take markup for markup.
    void setInformativeText(const QString& text);
};

} // namespace eventloupe
