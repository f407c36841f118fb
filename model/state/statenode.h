#pragma once

#include "state/statefields.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace eventloupe {

/// A field of the state tree that was looked at, with the rows below it once they were. Values
/// are shared with the view's, so a node costs no copy.
struct StateNode {
    /// At first, a row has up to `firstRows` rows below; the same for those.
    StateNode(StateNode* parentNode, int rowNumber, const StateField& field, qsizetype firstRows);

    /// Takes new values; true when what is shown may be other than before.
    bool assign(const StateField& field);
    /// Whether a field can take this row over: then the row, and what is selected or expanded at
    /// it, stays. A row that begins or ceases to have rows below is another one, since views ask
    /// for that only once.
    [[nodiscard]] bool fits(const StateField& field) const;
    /// The rows that there should be below.
    [[nodiscard]] std::vector<StateField> fields() const;
    /// Whether there are rows below, built or not.
    [[nodiscard]] bool hasFields() const;
    /// Whether the field can be named: it is one, and its path has no more than `longestPath`
    /// bytes. Keys of megabytes cost too much to be looked up at each paint.
    [[nodiscard]] bool hasPointer() const;
    static constexpr qsizetype longestPath = 64 * 1024;
    [[nodiscard]] QByteArray pointer() const;
    [[nodiscard]] QList<QByteArray> tokens() const;
    [[nodiscard]] bool isMore() const { return kind == StateField::Kind::More; }
    [[nodiscard]] const JsonValue& shown() const { return hasNow ? now : old; }

    qsizetype firstLimit;
    StateNode* parent; ///< Null for the root, which stands for the whole state.
    int row;
    StateField::Kind kind;
    QByteArray key;
    JsonValue now;
    JsonValue old;
    bool hasNow = false;
    bool hasOld = false;
    FieldChange change = FieldChange::Unchanged;
    qint64 hidden = 0;
    qsizetype limit; ///< Of rows below, and of unchanged ones.
    bool isPopulated = false;
    std::vector<std::unique_ptr<StateNode>> children;

private:
    [[nodiscard]] const JsonValue* nowValue() const { return hasNow ? &now : nullptr; }
    [[nodiscard]] const JsonValue* oldValue() const { return hasOld ? &old : nullptr; }
};

} // namespace eventloupe
