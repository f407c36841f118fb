#include "ui/command/maprow.h"

#include "ui/command/fieldcell.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace eventloupe {

namespace {

constexpr int nameCharacters = 16;

} // namespace

MapRow::MapRow(FieldSpec map, QWidget* parent)
    : QWidget(parent)
    , m_map(std::move(map))
    , m_name(new QLineEdit(this))
    , m_value(new QVBoxLayout)
    , m_remove(new QToolButton(this))
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(4);
    m_name->setPlaceholderText(tr("name"));
    m_name->setFixedWidth(fontMetrics().averageCharWidth() * nameCharacters);
    m_value->setContentsMargins({});
    m_remove->setText(tr("Remove"));
    m_remove->setToolTip(tr("Remove this row (Ctrl+Shift+Delete)"));
    line->addWidget(m_name, 0, Qt::AlignTop);
    line->addLayout(m_value, 1);
    line->addWidget(m_remove, 0, Qt::AlignTop);
    connect(m_remove, &QToolButton::clicked, this, [this] { emit removeAsked(); });
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        showCell();
        emit edited();
    });
    showCell();
}

QByteArray MapRow::name() const
{
    return m_name->text().toUtf8();
}

void MapRow::setName(const QByteArray& name)
{
    m_name->setText(QString::fromUtf8(name));
    showCell();
}

void MapRow::showCell()
{
    const auto spec = m_map.entry(name());
    const bool stays = m_cell != nullptr && m_cell->editor().spec().schema == spec.schema;
    if (stays) {
        *spec.context.fieldsLeft += 1; // None was made.
        m_cell->editor().setPlace(spec.place);
        m_cell->rename();
        return;
    }
    auto* before = m_cell;
    m_cell = takeKept(spec.schema);
    if (m_cell == nullptr)
        makeCell(spec);
    auto& editor = m_cell->editor();
    editor.setPlace(spec.place);
    m_cell->rename();
    if (before != nullptr) {
        if (!editor.isGiven())
            editor.restore(before->editor().draft());
        before->hide();
        m_kept.append(before);
    }
    m_cell->show();
    emit structureChanged();
}

FieldCell* MapRow::takeKept(const JsonValue& schema)
{
    for (qsizetype i = 0; i < m_kept.size(); ++i) {
        if (m_kept.at(i)->editor().spec().schema == schema)
            return m_kept.takeAt(i);
    }
    return nullptr;
}

void MapRow::makeCell(const FieldSpec& spec)
{
    m_cell = new FieldCell(spec, FieldCell::Caption::Hidden, this);
    m_value->addWidget(m_cell);
    connect(&m_cell->editor(), &FieldEditor::edited, this, &MapRow::edited);
    connect(&m_cell->editor(), &FieldEditor::structureChanged, this, &MapRow::structureChanged);
}

void MapRow::setPosition(const FieldSpec& map, qsizetype row)
{
    m_map = map;
    const auto place = QString::fromUtf8(map.place.toText()) + u'/' + QString::number(row);
    m_name->setObjectName(u"name:"_qs + place);
    m_name->setAccessibleName(tr("Name of row %1 of %2").arg(row + 1).arg(map.title));
    m_remove->setObjectName(u"remove:"_qs + place);
    m_remove->setAccessibleName(tr("Remove row %1 of %2").arg(row + 1).arg(map.title));
    m_cell->editor().setPlace(childPlace(map.place, name()));
    m_cell->rename();
}

QWidget* MapRow::focusTarget() const
{
    return m_name;
}

void MapRow::collectTabWidgets(QList<QWidget*>& widgets) const
{
    widgets.append(m_name);
    m_cell->editor().collectTabWidgets(widgets);
    widgets.append(m_remove);
}

} // namespace eventloupe
