#pragma once

#include "exchange/importer.h"

#include <QHash>
#include <QWidget>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace eventloupe {

/// Which member of a file is which field of an event, and how its times are written. Each field is
/// an editable list of the file's members that takes a "constant", a /pointer or a {template} too.
class MappingForm final : public QWidget {
    Q_OBJECT

public:
    explicit MappingForm(QWidget* parent = nullptr);

    /// Shows a mapping; does not emit edited().
    void setMapping(const Mapping& mapping, const QStringList& members, ExchangeFormat format);
    /// As shown, every field decided.
    [[nodiscard]] Mapping mapping() const;

signals:
    /// A person changed something.
    void edited();

private:
    void addField(QFormLayout& form, EventField field);
    void addSettings(QFormLayout& form);
    static QString labelOf(EventField field);
    static QString tipOf(EventField field);

    QHash<EventField, QComboBox*> m_sources;
    QLineEdit* m_timeFormat;
    QLineEdit* m_records;
    QComboBox* m_delimiter;
    QFormLayout* m_form;
    QStringList m_members;
    ExchangeFormat m_format = ExchangeFormat::Ndjson;
};

} // namespace eventloupe
