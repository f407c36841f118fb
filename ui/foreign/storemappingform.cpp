#include "ui/foreign/storemappingform.h"

#include "ui/base/plaintext.h"
#include "ui/foreign/categoryfield.h"
#include "ui/foreign/columnpicker.h"
#include "ui/foreign/placepicker.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QRegularExpression>

#include <algorithm>

namespace eventloupe {

namespace {

/// How many columns a part may be made of.
int mostColumns(MappingPart part)
{
    return part == MappingPart::Stream || part == MappingPart::Order ? 3 : 1;
}

QStringList columnNames(const ForeignTable& table)
{
    QStringList names;
    for (const ForeignColumn& column : table.columns)
        names.append(column.name);
    if (table.hasRowId && !names.contains(QStringLiteral("rowid")))
        names.append(QStringLiteral("rowid"));
    return names;
}

/// Selects the entry with this data, which is added where it is none of them.
void select(QComboBox& list, const QString& data)
{
    int row = list.findData(data);
    if (row < 0) {
        list.addItem(visibleText(data), data);
        row = list.count() - 1;
    }
    list.setCurrentIndex(row);
}

QString fileName(const QString& table)
{
    static const QRegularExpression odd(QStringLiteral("[^A-Za-z0-9._-]+"));
    QString name = QString(table).replace(odd, QStringLiteral("-"));
    while (name.startsWith(u'-') || name.startsWith(u'.') || name.startsWith(u'_'))
        name.remove(0, 1);
    return name.isEmpty() ? QStringLiteral("mapping") : name.left(80).toLower();
}

} // namespace

StoreMappingForm::StoreMappingForm(QWidget* parent)
    : QWidget(parent)
    , m_table(new QComboBox(this))
    , m_dataEncoding(makeEncodings(tr("Encoding of the data")))
    , m_metadataEncoding(makeEncodings(tr("Encoding of the metadata")))
    , m_unit(makeUnits())
    , m_category(new CategoryField(this))
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 6, 0);
    form->setVerticalSpacing(3);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_table->setObjectName(QStringLiteral("mappingTable"));
    m_table->setAccessibleName(tr("Table"));
    m_table->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    form->addRow(tr("&Table"), m_table);
    addPart(*form, MappingPart::Order);
    addPart(*form, MappingPart::Stream);
    form->addRow(tr("Category"), m_category);
    connect(m_category, &CategoryField::edited, this, &StoreMappingForm::noteEdit);
    addPart(*form, MappingPart::Version, makeVersionBase());
    addPart(*form, MappingPart::Type);
    addPart(*form, MappingPart::Data, m_dataEncoding);
    addPart(*form, MappingPart::Metadata, m_metadataEncoding);
    addPart(*form, MappingPart::Time, m_unit);
    addPart(*form, MappingPart::Id);
    connect(m_table, &QComboBox::activated, this, [this](int row) {
        showTable(row);
        emit edited();
    });
}

void StoreMappingForm::addPart(QFormLayout& form, MappingPart part, QWidget* further)
{
    const auto index = static_cast<std::size_t>(part);
    const QString name = mappingPartName(part);
    auto* columns = new ColumnPicker(name, mostColumns(part), this);
    columns->setObjectName(QStringLiteral("mapping") + QString::number(index));
    connect(columns, &ColumnPicker::edited, this, &StoreMappingForm::noteEdit);
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(columns, 3);
    if (part != MappingPart::Order) {
        auto* place = new PlacePicker(name, this);
        place->setObjectName(QStringLiteral("mappingPlace") + QString::number(index));
        place->hide();
        connect(place, &PlacePicker::edited, this, &StoreMappingForm::noteEdit);
        line->addWidget(place, 2);
        m_places.at(index) = place;
    }
    if (further)
        line->addWidget(further, 2);
    auto* note = new PlainLabel(this);
    note->setElided(true);
    makeFaint(*note);
    auto* field = new QVBoxLayout;
    field->setSpacing(0);
    field->addLayout(line);
    field->addWidget(note);
    auto* label = new PlainLabel(name, this);
    label->setBuddy(columns);
    form.addRow(label, field);
    m_pickers.at(index) = columns;
    m_notes.at(index) = note;
}

QComboBox* StoreMappingForm::makeEncodings(const QString& name)
{
    auto* list = new QComboBox(this);
    list->setAccessibleName(name);
    list->setToolTip(plainToolTip(tr("How the bytes in the column are read")));
    list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    list->setMinimumContentsLength(9);
    for (const EncodingChoice& choice : encodingChoices()) {
        const bool wraps = isWrapper(choice.encoding);
        list->addItem(wraps ? tr("%1, then what it looks like").arg(choice.title) : choice.title,
            choice.name);
    }
    connect(list, &QComboBox::activated, this, &StoreMappingForm::noteEdit);
    return list;
}

QWidget* StoreMappingForm::makeVersionBase()
{
    m_versionBase = new QComboBox(this);
    m_versionBase->setAccessibleName(tr("Version of a stream's first event"));
    m_versionBase->setObjectName(QStringLiteral("mappingVersionBase"));
    for (int base = 0; base < 2; ++base)
        m_versionBase->addItem(tr("begins with %1").arg(base), base);
    connect(m_versionBase, &QComboBox::activated, this, &StoreMappingForm::noteEdit);
    return m_versionBase;
}

QComboBox* StoreMappingForm::makeUnits()
{
    auto* list = new QComboBox(this);
    list->setAccessibleName(tr("Unit of the time"));
    list->setObjectName(QStringLiteral("mappingUnit"));
    list->addItem(tr("text"), static_cast<int>(TimeUnit::Text));
    list->addItem(tr("seconds"), static_cast<int>(TimeUnit::Seconds));
    list->addItem(tr("milliseconds"), static_cast<int>(TimeUnit::Milliseconds));
    list->addItem(tr("microseconds"), static_cast<int>(TimeUnit::Microseconds));
    list->addItem(tr(".NET ticks"), static_cast<int>(TimeUnit::Ticks));
    list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    list->setMinimumContentsLength(9);
    connect(list, &QComboBox::activated, this, &StoreMappingForm::noteEdit);
    return list;
}

ColumnPicker& StoreMappingForm::picker(MappingPart part) const
{
    return *m_pickers.at(static_cast<std::size_t>(part));
}

const ForeignTable* StoreMappingForm::table() const
{
    const int row = m_table->currentData().toInt();
    return m_ground && m_table->currentIndex() >= 0 ? &m_ground->catalog.tables.at(row) : nullptr;
}

const MappingProposal* StoreMappingForm::proposal() const
{
    const ForeignTable* shown = table();
    if (shown == nullptr)
        return nullptr;
    const auto found
        = std::ranges::find_if(m_ground->proposals, [shown](const MappingProposal& each) {
              const ProfileTable& wanted = each.profile.tables.first();
              return wanted.name == shown->name && wanted.schema == shown->schema;
          });
    return found == m_ground->proposals.end() ? nullptr : &*found;
}

void StoreMappingForm::setGround(const std::shared_ptr<const MappingGround>& ground)
{
    m_ground = ground;
    m_table->clear();
    const auto& tables = ground->catalog.tables;
    for (qsizetype row = 0; row < tables.size(); ++row) {
        const ForeignTable& each = tables.at(row);
        const QString name = each.schema.isEmpty() ? each.name : each.schema + u'.' + each.name;
        m_table->addItem(visibleText(name), static_cast<int>(row));
    }
    int best = 0;
    if (!ground->proposals.empty()) {
        const ProfileTable& wanted = ground->proposals.front().profile.tables.first();
        for (int row = 0; row < tables.size(); ++row)
            if (tables.at(row).name == wanted.name && tables.at(row).schema == wanted.schema)
                best = row;
    }
    m_table->setCurrentIndex(best);
    showTable(best);
}

void StoreMappingForm::showTable(int)
{
    const ForeignTable* shown = table();
    if (shown == nullptr)
        return;
    const QStringList columns = columnNames(*shown);
    for (ColumnPicker* each : m_pickers)
        each->setColumns(columns);
    m_category->setColumns(columns);
    const auto* proposed = proposal();
    show(proposed != nullptr ? proposed->profile : StoreProfile());
}

void StoreMappingForm::show(const StoreProfile& mapping)
{
    m_base = mapping;
    m_base.engines = { m_ground->engine };
    if (m_base.streamless.isEmpty())
        m_base.streamless = QStringLiteral("(none)");
    for (std::size_t part = 0; part < partCount; ++part)
        m_pickers.at(part)->pick(columnsOf(mapping, static_cast<MappingPart>(part)));
    select(*m_dataEncoding, mapping.data.encoding.names().join(u','));
    select(*m_metadataEncoding, mapping.metadata.encoding.names().join(u','));
    m_unit->setCurrentIndex(m_unit->findData(static_cast<int>(mapping.timeUnit)));
    m_versionBase->setCurrentIndex(mapping.versionBase == 0 ? 0 : 1);
    m_category->setCategory(mapping.category);
    for (std::size_t part = 0; part < partCount; ++part) {
        const auto fields = fieldsOf(mapping, static_cast<MappingPart>(part));
        if (m_places.at(part) != nullptr)
            m_places.at(part)->setPlace(fields.value(0).pointer);
    }
    showPlaces();
    showProblems({});
}

/// A place can be given in what is JSON, and in one column alone.
void StoreMappingForm::showPlaces()
{
    const auto* proposed = proposal();
    for (std::size_t part = 0; part < partCount; ++part) {
        PlacePicker* const place = m_places.at(part);
        if (place == nullptr)
            continue;
        const QStringList columns = m_pickers.at(part)->picked();
        const QString column = columns.value(0);
        const bool isDocument = proposed != nullptr && proposed->documents.contains(column);
        const bool isOffered = isDocument && columns.size() == 1;
        place->setPlaces(isOffered ? proposed->members.value(column) : QStringList());
        if (!isOffered)
            place->setPlace({});
        place->setVisible(isOffered);
    }
}

void StoreMappingForm::noteEdit()
{
    showPlaces();
    showProblems({});
    emit edited();
}

ProfileField StoreMappingForm::fieldOf(MappingPart part, const QComboBox* encodings) const
{
    ProfileField field;
    field.column.name = picker(part).first();
    const PlacePicker* const place = m_places.at(static_cast<std::size_t>(part));
    if (place != nullptr && picker(part).picked().size() == 1)
        field.pointer = place->place().value_or(QList<QByteArray>());
    if (encodings != nullptr)
        if (const auto spec = EncodingSpec::fromText(encodings->currentData().toString()))
            field.encoding = *spec;
    return field;
}

/// By which the table is recognised: those that the mapping reads.
QStringList StoreMappingForm::namedColumns(const StoreProfile& mapping)
{
    QStringList columns;
    for (std::size_t part = 0; part < partCount; ++part)
        columns += columnsOf(mapping, static_cast<MappingPart>(part));
    if (mapping.category.field.isGiven())
        columns.append(mapping.category.field.column.name);
    columns.removeDuplicates();
    columns.removeAll(QStringLiteral("rowid"));
    return columns;
}

StoreProfile StoreMappingForm::mapping() const
{
    StoreProfile mapping = m_base;
    const ForeignTable* shown = table();
    if (shown == nullptr)
        return mapping;
    mapping.name = fileName(shown->name);
    mapping.title = shown->name;
    mapping.order.clear();
    for (const QString& column : picker(MappingPart::Order).picked())
        mapping.order.append({ {}, column });
    mapping.stream.clear();
    for (const QString& column : picker(MappingPart::Stream).picked()) {
        ProfileField field = fieldOf(MappingPart::Stream, nullptr);
        field.column.name = column;
        mapping.stream.append(field);
    }
    mapping.category = m_category->category();
    mapping.version = fieldOf(MappingPart::Version, nullptr);
    mapping.versionBase = m_versionBase->currentData().toInt();
    mapping.type = fieldOf(MappingPart::Type, nullptr);
    mapping.typeName = mapping.type.isGiven() ? QString() : QStringLiteral("event");
    mapping.data = fieldOf(MappingPart::Data, m_dataEncoding);
    mapping.metadata = fieldOf(MappingPart::Metadata, m_metadataEncoding);
    mapping.time = fieldOf(MappingPart::Time, nullptr);
    mapping.timeUnit = static_cast<TimeUnit>(m_unit->currentData().toInt());
    mapping.id = fieldOf(MappingPart::Id, nullptr);
    ProfileTable wanted;
    wanted.schema = shown->schema;
    wanted.name = shown->name;
    wanted.columns = namedColumns(mapping);
    mapping.tables = { wanted };
    return mapping;
}

void StoreMappingForm::showProblems(const QHash<MappingPart, QString>& problems)
{
    const ForeignTable* shown = table();
    if (shown == nullptr)
        return;
    const StoreProfile now = mapping();
    const auto* proposed = proposal();
    const MappingProposal first = proposed != nullptr ? *proposed : MappingProposal();
    for (std::size_t i = 0; i < partCount; ++i) {
        const auto part = static_cast<MappingPart>(i);
        const PlacePicker* const place = m_places.at(i);
        QString text;
        if (place != nullptr && place->isVisibleTo(this) && !place->place())
            text = tr("⚠ '%1' is no JSON Pointer; write /meta/stream")
                       .arg(visibleText(place->currentText()));
        else if (problems.contains(part))
            text = tr("⚠ %1").arg(visibleText(problems.value(part)));
        else if (fieldsOf(now, part) != fieldsOf(first.profile, part))
            text = tr("Chosen by you");
        else if (columnsOf(now, part).isEmpty())
            text = reasonFor(first, part, *shown);
        else
            text = tr("Proposed: %1").arg(reasonFor(first, part, *shown));
        m_notes.at(i)->setText(text);
        m_notes.at(i)->setToolTip(plainToolTip(text));
        m_pickers.at(i)->setAccessibleDescription(text);
    }
}

} // namespace eventloupe
