#pragma once

#include <QDialog>
#include <QStringList>

namespace eventloupe {

/// What would let the open store be read faster, one line each, to be read and copied. GUI thread.
class AdviceDialog final : public QDialog {
    Q_OBJECT

public:
    explicit AdviceDialog(const QStringList& advice, QWidget* parent = nullptr);
};

} // namespace eventloupe
