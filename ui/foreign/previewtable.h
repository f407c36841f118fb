#pragma once

#include "foreign/storeprofile.h"
#include "value/event.h"

#include <QAbstractTableModel>

namespace eventloupe {

/// The first events as a mapping gives them; a cell that looks wrong has a sign.
class PreviewTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Stream, Version, Type, Time, Data, Metadata, Id, COUNT };

    using QAbstractTableModel::QAbstractTableModel;

    void setEvents(QList<Event> events, const StoreProfile& mapping);
    /// Whether the data and metadata have the sign in their place; before events are set.
    void setMasked(bool isMasked) { m_isMasked = isMasked; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const Event& event, int column) const;
    [[nodiscard]] bool isWrong(const Event& event, int column) const;

    QList<Event> m_events;
    StoreProfile m_mapping;
    bool m_isMasked = false;
};

} // namespace eventloupe
