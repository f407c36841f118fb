#include "ui/foreign/storemappingform.h"

#include "ui/base/plaintext.h"
#include "ui/foreign/columnpicker.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>

#include <algorithm>

namespace eventloupe {

namespace {

using Rule = ProfileCategory::Rule;

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
        list.addItem(data, data);
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
    , m_category(new QComboBox(this))
    , m_categoryColumn(new ColumnPicker(tr("Column of the category"), 1, this))
    , m_categoryText(new QLineEdit(this))
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
    addCategory(*form);
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
    if (further)
        line->addWidget(further, 2);
    auto* note = new PlainLabel(this);
    note->setElided(true);
    makeFaint(*note);
    auto* field = new QVBoxLayout;
    field->setSpacing(0);
    field->addLayout(line);
    field->addWidget(note);
    auto* label = new QLabel(name, this);
    label->setBuddy(columns);
    form.addRow(label, field);
    m_pickers.at(index) = columns;
    m_notes.at(index) = note;
}

void StoreMappingForm::addCategory(QFormLayout& form)
{
    m_category->setAccessibleName(tr("Category"));
    m_category->setObjectName(QStringLiteral("mappingCategory"));
    m_category->addItem(tr("before the first '-' of the stream"), static_cast<int>(Rule::Dash));
    m_category->addItem(tr("in a column"), static_cast<int>(Rule::Column));
    m_category->addItem(tr("before the last"), static_cast<int>(Rule::Before));
    m_category->addItem(tr("the same for all"), static_cast<int>(Rule::Fixed));
    m_category->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_categoryText->setAccessibleName(tr("Text of the category's rule"));
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_category, 3);
    line->addWidget(m_categoryColumn, 2);
    line->addWidget(m_categoryText, 2);
    auto* label = new QLabel(tr("Category"), this);
    label->setBuddy(m_category);
    form.addRow(label, line);
    connect(m_category, &QComboBox::activated, this, [this] {
        showCategoryField();
        noteEdit();
    });
    connect(m_categoryColumn, &ColumnPicker::edited, this, &StoreMappingForm::noteEdit);
    connect(m_categoryText, &QLineEdit::textEdited, this, &StoreMappingForm::noteEdit);
    showCategoryField();
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
    m_categoryColumn->setColumns(columns);
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
    m_category->setCurrentIndex(
        std::max(0, m_category->findData(static_cast<int>(mapping.category.rule))));
    m_categoryColumn->pick({ mapping.category.field.column.text() });
    m_categoryText->setText(mapping.category.text);
    showCategoryField();
    showProblems({});
}

void StoreMappingForm::showCategoryField()
{
    const auto rule = static_cast<Rule>(m_category->currentData().toInt());
    m_categoryColumn->setVisible(rule == Rule::Column);
    m_categoryText->setVisible(rule == Rule::Before || rule == Rule::Fixed);
}

void StoreMappingForm::noteEdit()
{
    showProblems({});
    emit edited();
}

ProfileField StoreMappingForm::fieldOf(MappingPart part, const QComboBox* encodings) const
{
    ProfileField field;
    field.column.name = picker(part).first();
    if (encodings != nullptr)
        if (const auto spec = EncodingSpec::fromText(encodings->currentData().toString()))
            field.encoding = *spec;
    return field;
}

ProfileCategory StoreMappingForm::category() const
{
    ProfileCategory category;
    category.rule = static_cast<Rule>(m_category->currentData().toInt());
    if (category.rule == Rule::Column) {
        category.field.column.name = m_categoryColumn->first();
        if (!category.field.isGiven())
            category.rule = Rule::Dash;
    } else if (category.rule != Rule::Dash) {
        category.text = m_categoryText->text();
        if (category.text.isEmpty())
            category.rule = Rule::Dash;
    }
    return category;
}

/// By which the table is recognised: those that the mapping reads.
QStringList StoreMappingForm::namedColumns(const StoreProfile& mapping) const
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
        ProfileField field;
        field.column.name = column;
        mapping.stream.append(field);
    }
    mapping.category = category();
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
    const StoreProfile first = proposed != nullptr ? proposed->profile : StoreProfile();
    for (std::size_t i = 0; i < partCount; ++i) {
        const auto part = static_cast<MappingPart>(i);
        QString text;
        if (problems.contains(part))
            text = tr("⚠ %1").arg(visibleText(problems.value(part)));
        else if (columnsOf(now, part) == columnsOf(first, part))
            text = tr("Proposed: %1").arg(reasonFor(first, part, *shown));
        else
            text = tr("Chosen by you");
        if (!problems.contains(part) && columnsOf(now, part).isEmpty()
            && columnsOf(first, part).isEmpty())
            text = reasonFor(first, part, *shown);
        m_notes.at(i)->setText(text);
        m_notes.at(i)->setToolTip(plainToolTip(text));
        m_pickers.at(i)->setAccessibleDescription(text);
    }
}

} // namespace eventloupe
