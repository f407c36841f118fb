#include "ui/exchange/mappingform.h"

#include "ui/base/plaindelegate.h"
#include "ui/base/plaintext.h"
#include "ui/exchange/sourcetext.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

namespace eventloupe {

MappingForm::MappingForm(QWidget* parent)
    : QWidget(parent)
    , m_timeFormat(new QLineEdit)
    , m_records(new QLineEdit)
    , m_delimiter(new QComboBox)
    , m_form(new QFormLayout(this))
{
    setObjectName(QStringLiteral("mappingForm"));
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const EventField field : allEventFields())
        addField(*m_form, field);
    addSettings(*m_form);
}

QString MappingForm::labelOf(EventField field)
{
    switch (field) {
    case EventField::Stream:
        return tr("Stream (required)");
    case EventField::Type:
        return tr("Type (required)");
    case EventField::Time:
        return tr("Time");
    case EventField::Id:
        return tr("Id");
    case EventField::Version:
        return tr("Version");
    case EventField::Data:
        return tr("Data");
    case EventField::Metadata:
        break;
    }
    return tr("Metadata");
}

QString MappingForm::tipOf(EventField field)
{
    switch (field) {
    case EventField::Time:
        return tr("Where it is missing, an event gets the time of the import");
    case EventField::Id:
        return tr("Where it is missing, an event gets a new id");
    case EventField::Version:
        return tr("Only compared: events are numbered in the order of their stream");
    case EventField::Data:
        return tr("Where nothing is named, the members that no other field takes become the data");
    case EventField::Metadata:
        return tr("Members that no field takes are kept in it");
    case EventField::Stream:
    case EventField::Type:
        break;
    }
    return tr("A member, a \"constant\" in quotes, or a template such as order-{number}");
}

void MappingForm::addField(QFormLayout& form, EventField field)
{
    auto* source = new QComboBox;
    source->setObjectName(QStringLiteral("mapping-") + eventFieldName(field));
    source->setAccessibleName(labelOf(field));
    source->setToolTip(plainToolTip(tipOf(field)));
    source->setEditable(true);
    source->setInsertPolicy(QComboBox::NoInsert);
    source->view()->setItemDelegate(new PlainDelegate(source->view()));
    source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    source->setMinimumContentsLength(16);
    source->lineEdit()->setPlaceholderText(
        field == EventField::Data ? tr("all other members") : tr("none"));
    connect(source, &QComboBox::currentTextChanged, this, &MappingForm::edited);
    form.addRow(labelOf(field), source);
    m_sources.insert(field, source);
}

void MappingForm::addSettings(QFormLayout& form)
{
    m_timeFormat->setObjectName(QStringLiteral("mapping-timeFormat"));
    m_timeFormat->setAccessibleName(tr("Time format"));
    m_timeFormat->setPlaceholderText(tr("found by itself"));
    m_timeFormat->setToolTip(
        tr("How times are written when it is none of the usual ways, for example yyMMdd HHmmss"));
    connect(m_timeFormat, &QLineEdit::textChanged, this, &MappingForm::edited);
    form.addRow(tr("Time format"), m_timeFormat);

    m_records->setObjectName(QStringLiteral("mapping-records"));
    m_records->setAccessibleName(tr("Records"));
    m_records->setPlaceholderText(tr("found by itself"));
    m_records->setToolTip(tr("Where in the document the events are, for example /features"));
    connect(m_records, &QLineEdit::textChanged, this, &MappingForm::edited);
    form.addRow(tr("Records"), m_records);

    m_delimiter->setObjectName(QStringLiteral("mapping-delimiter"));
    m_delimiter->setAccessibleName(tr("Delimiter"));
    m_delimiter->addItem(tr("found by itself"), QString());
    m_delimiter->addItem(tr("comma"), QStringLiteral(","));
    m_delimiter->addItem(tr("semicolon"), QStringLiteral(";"));
    m_delimiter->addItem(tr("tab"), QStringLiteral("\t"));
    m_delimiter->addItem(tr("pipe"), QStringLiteral("|"));
    connect(m_delimiter, &QComboBox::currentIndexChanged, this, &MappingForm::edited);
    form.addRow(tr("Delimiter"), m_delimiter);
}

void MappingForm::setMapping(
    const Mapping& mapping, const QStringList& members, ExchangeFormat format)
{
    const QSignalBlocker quiet(this);
    m_members = members;
    m_format = format;
    for (auto entry = m_sources.cbegin(); entry != m_sources.cend(); ++entry) {
        QComboBox* source = entry.value();
        source->clear();
        source->addItem(QString());
        source->addItems(members);
        source->setCurrentText(sourceText(mapping.source(entry.key())));
        source->lineEdit()->setCursorPosition(0);
    }
    m_timeFormat->setText(mapping.timeFormat);
    m_records->setText(mapping.records);
    m_delimiter->setCurrentIndex(std::max(0, m_delimiter->findData(mapping.delimiter)));
    const auto showRow = [this](QWidget* field, bool shown) {
        field->setVisible(shown);
        m_form->labelForField(field)->setVisible(shown);
    };
    showRow(m_records, format == ExchangeFormat::Json);
    showRow(m_delimiter, format == ExchangeFormat::Csv);
}

Mapping MappingForm::mapping() const
{
    Mapping mapping;
    for (const EventField field : allEventFields())
        mapping.setSource(field,
            sourceFromText(
                m_sources.value(field)->currentText(), m_members, m_format != ExchangeFormat::Csv));
    mapping.timeFormat = m_timeFormat->text();
    mapping.records = m_records->text().trimmed();
    mapping.delimiter = m_delimiter->currentData().toString();
    return mapping;
}

} // namespace eventloupe
