#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>

class QComboBox;

namespace eventloupe {

/// Picks columns of a table, in an order: one list more than are picked, up to a number. GUI
/// thread.
class ColumnPicker final : public QWidget {
    Q_OBJECT

public:
    /// `name` is what is picked, for people.
    ColumnPicker(const QString& name, int most, QWidget* parent = nullptr);

    /// What can be picked; keeps what is picked where it is still there.
    void setColumns(const QStringList& columns);
    /// Does not emit edited().
    void pick(const QStringList& columns);
    [[nodiscard]] QStringList picked() const;
    [[nodiscard]] QString first() const { return picked().value(0); }

signals:
    /// A person picked another one.
    void edited();

private:
    void showAsMany();

    QList<QComboBox*> m_lists;
};

} // namespace eventloupe
