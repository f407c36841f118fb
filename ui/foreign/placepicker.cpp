#include "ui/foreign/placepicker.h"

#include "ui/base/plaindelegate.h"
#include "ui/base/plaintext.h"
#include "value/jsonpointer.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>

namespace eventloupe {

PlacePicker::PlacePicker(const QString& part, QWidget* parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    view()->setItemDelegate(new PlainDelegate(view()));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    setAccessibleName(tr("%1, place in the JSON").arg(part));
    setToolTip(plainToolTip(
        tr("Where in the JSON of the column, as /meta/stream; empty: all of the column")));
    lineEdit()->setPlaceholderText(tr("all of it"));
    lineEdit()->setAccessibleName(accessibleName());
    completer()->setCaseSensitivity(Qt::CaseSensitive);
    connect(this, &QComboBox::activated, this, &PlacePicker::edited);
    connect(lineEdit(), &QLineEdit::textEdited, this, &PlacePicker::edited);
}

void PlacePicker::setPlaces(const QStringList& places)
{
    // While somebody types, neither the text nor its cursor may move.
    if (places == m_places && count() > 0)
        return;
    m_places = places;
    const QString text = currentText();
    clear();
    addItem(QString());
    for (const QString& place : places)
        addItem(place);
    setEditText(text);
}

void PlacePicker::setPlace(const QList<QByteArray>& tokens)
{
    setEditText(QString::fromUtf8(JsonPointer(tokens).toText()));
}

std::optional<QList<QByteArray>> PlacePicker::place() const
{
    const auto pointer = JsonPointer::parse(currentText().toStdString());
    return pointer ? std::optional(pointer->tokens()) : std::nullopt;
}

} // namespace eventloupe
