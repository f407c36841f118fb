#pragma once

#include "foreign/foreignstores.h"

#include <QDialog>

class QTreeWidget;

namespace eventloupe {

/// Offers the libraries whose store a database may be, the most certain first. GUI thread.
class StoreChoiceDialog final : public QDialog {
    Q_OBJECT

public:
    StoreChoiceDialog(
        const QString& location, const RecognisedStores& found, QWidget* parent = nullptr);

    /// See RecognisedStore::choice(). Meaningful when accepted.
    [[nodiscard]] QString choice() const;

signals:
    /// None of them: a mapping is to be made.
    void mappingAsked();

private:
    QTreeWidget* m_list;
};

} // namespace eventloupe
