#pragma once

#include "causation/causationtree.h"

#include <QAbstractItemModel>

namespace eventloupe {

enum class CausationColumn { What, Stream, Offset, Place, COUNT };

/// Roles beside Qt's, of any cell of a row.
enum CausationRole {
    CausationPositionRole = Qt::UserRole + 1, ///< Of the event; 0 for what is none.
    CausationKindRole, ///< CausationTree::Kind
    CausationIdRole, ///< As a text.
    CausationCycleRole, ///< Whether its cause is one of its own effects.
};

/// A CausationTree as rows: what happened, where, how long after the first, and its position.
/// GUI thread.
class CausationModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    explicit CausationModel(QObject* parent = nullptr);

    /// Another tree, or the same one grown.
    void setTree(const std::shared_ptr<const CausationTree>& tree);
    [[nodiscard]] const CausationTree& tree() const { return *m_tree; }
    /// Invalid where the event is not in the tree.
    [[nodiscard]] QModelIndex indexAt(Position position) const;

    [[nodiscard]] QModelIndex index(
        int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(int node, CausationColumn column) const;
    [[nodiscard]] QString tip(int node) const;
    [[nodiscard]] QModelIndex indexOf(int node) const;

    std::shared_ptr<const CausationTree> m_tree;
};

} // namespace eventloupe
