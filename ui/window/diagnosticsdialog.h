#pragma once

#include "ui/window/windowparts.h"

#include <QDialog>
#include <QTimer>

namespace eventloupe {

class DiagnosticsModel;

/// What the program holds and how fast it answers, anew each second while it is open. Does not
/// keep the window from being used. The text can be copied; nothing of what is stored is in it.
class DiagnosticsDialog final : public QDialog {
    Q_OBJECT

public:
    DiagnosticsDialog(const WindowParts& parts, QWidget* parent);

private:
    void refresh();
    void copy() const;

    WindowParts m_parts;
    DiagnosticsModel* m_model;
    QTimer m_due;
    qint64 m_storeBytes = 0;
    qint64 m_walBytes = 0;
    bool m_isAsking = false; ///< The disk, for the sizes of files.
};

} // namespace eventloupe
