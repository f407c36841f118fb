#pragma once

#include "watch/watchrunner.h"

#include <QAbstractTableModel>
#include <QPointer>

namespace eventloupe {

/// Columns of a watch's points, and of its failures, which have the reason in place of the values.
enum class WatchPointColumn { At, Stream, Version, Type, Before, After, COUNT };

enum WatchPointRole {
    PointPositionRole = Qt::UserRole + 1, ///< qint64, of any cell of a row.
    PointStreamRole, ///< QString
};

/// The points of one watch, or what it failed on. GUI thread.
class WatchPointModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Content { Points, Failures };

    explicit WatchPointModel(Content content, QObject* parent = nullptr);

    /// Shows another watch's; nullptr shows nothing.
    void setRunner(WatchRunner* runner);
    /// The row of the last point at or before a position; -1 where there is none.
    [[nodiscard]] int rowAt(Position position) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    void takeFailures();
    void grow();
    [[nodiscard]] QVariant pointText(std::size_t row, WatchPointColumn column) const;
    [[nodiscard]] QVariant failureText(std::size_t row, WatchPointColumn column) const;

    const Content m_content;
    QPointer<WatchRunner> m_runner;
    std::vector<WatchFailure> m_failures; ///< As they are shown: what lacks a field is last.
    qint64 m_failureCount = 0; ///< Of which these are.
    int m_rows = 0;
};

} // namespace eventloupe
