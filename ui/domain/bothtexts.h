#pragma once

#include <QDialog>

namespace eventloupe {

/// Two texts of a file side by side: the one that is edited and the one on disk.
class BothTexts final : public QDialog {
    Q_OBJECT

public:
    BothTexts(const QString& path, const QString& mine, const QString& theirs, QWidget* parent);
};

} // namespace eventloupe
