#pragma once

#include "value/event.h"

#include <QAbstractTableModel>
#include <QList>

namespace eventloupe {

/// The first events of an import as they would be stored.
class PreviewModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Stream, Type, Time, Id, Data, Metadata, COUNT };

    explicit PreviewModel(QObject* parent = nullptr);

    void setEvents(QList<Event> events);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    QList<Event> m_events;
};

} // namespace eventloupe
