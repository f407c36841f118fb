#pragma once

#include "ui/command/fieldspec.h"

#include <QWidget>

class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace eventloupe {

class FieldCell;

/// One member of an object whose schema leaves the names open: its name, the field of its value,
/// which follows the name, and a button that removes it.
class MapRow final : public QWidget {
    Q_OBJECT

public:
    MapRow(FieldSpec map, QWidget* parent);

    [[nodiscard]] FieldCell& cell() const { return *m_cell; }
    [[nodiscard]] QByteArray name() const;
    /// Without edited().
    void setName(const QByteArray& name);
    /// Its place among the rows of the object.
    void setPosition(const FieldSpec& map, qsizetype row);
    void askToRemove() { emit removeAsked(); }
    [[nodiscard]] QWidget* focusTarget() const;
    void collectTabWidgets(QList<QWidget*>& widgets) const;

signals:
    void removeAsked();
    /// By a person.
    void edited();
    /// Another field for the value, or fields inside it came or went.
    void structureChanged();

private:
    /// The field that the name asks for; what was typed goes along, and is kept where it cannot.
    void showCell();
    [[nodiscard]] FieldCell* takeKept(const JsonValue& schema);
    void makeCell(const FieldSpec& spec);

    FieldSpec m_map;
    QLineEdit* m_name;
    QVBoxLayout* m_value;
    QToolButton* m_remove;
    FieldCell* m_cell = nullptr;
    QList<FieldCell*> m_kept; ///< Fields of other names, a schema each.
};

} // namespace eventloupe
