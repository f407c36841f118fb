#pragma once

#include "state/statecolumns.h"
#include "state/statefields.h"
#include "state/stateview.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace eventloupe {

struct StateNode;

/// A state as a tree of fields, each marked with how it differs from another one (that before the
/// stream's last event, as a rule), and with the event that set it. Fields that were removed are
/// rows as well, with their old value; elements of lists are aligned, see pairFields().
///
/// Rows are built as they are asked for, at most rowsPerLevel of a level and then a row
/// "... n more"; changed fields are always among them. Within a stream rows are kept where the
/// shape stays, so selection and expansion stay too. Values are plain text in one line.
class StateModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    static constexpr int rowsPerLevel = 500; ///< And as many more by showMore().

    enum class Rows {
        OfAll,
        OfChanges, ///< Unchanged ones are folded into one row a level.
    };

    explicit StateModel(QObject* parent = nullptr);
    explicit StateModel(Rows rows, QObject* parent = nullptr);
    ~StateModel() override;

    void setView(const std::shared_ptr<const StateView>& view);
    /// Never null.
    [[nodiscard]] const std::shared_ptr<const StateView>& view() const { return m_view; }

    /// The row of a field by its JSON Pointer, built if need be; invalid when there is none.
    [[nodiscard]] QModelIndex indexOf(const QByteArray& pointer);
    /// Whether this is a row "... n more" or of n that are unchanged.
    [[nodiscard]] bool isMoreRow(const QModelIndex& index) const;
    /// Replaces such a row with up to rowsPerLevel further rows.
    void showMore(const QModelIndex& index);

    [[nodiscard]] QModelIndex index(
        int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] QVariant data(
        const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] StateNode* nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOfNode(const StateNode& node, int column = 0) const;
    [[nodiscard]] std::unique_ptr<StateNode> makeNode(
        StateNode* parent, int row, const StateField& field) const;
    [[nodiscard]] const SettingEventPointer* setterOf(const StateNode& node) const;
    [[nodiscard]] QVariant setterData(const StateNode& node, int role) const;
    [[nodiscard]] QVariant textOf(const StateNode& node, StateColumn column) const;
    void rebuild();
    void tellBlame(const StateNode& node);
    void populate(StateNode& node);
    void updateChildren(StateNode& node);
    void replaceRows(StateNode& node, const std::vector<StateField>& fields, std::size_t front,
        std::size_t back);
    [[nodiscard]] StateNode* childAt(StateNode& node, const QByteArray& token);

    Rows m_rows;
    std::shared_ptr<const StateView> m_view;
    std::unique_ptr<StateNode> m_root;
};

} // namespace eventloupe
