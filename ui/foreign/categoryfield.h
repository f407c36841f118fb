#pragma once

#include "foreign/storeprofile.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace eventloupe {

class ColumnPicker;

/// How streams get their categories: a rule, and the column or text that it takes. GUI thread.
class CategoryField final : public QWidget {
    Q_OBJECT

public:
    explicit CategoryField(QWidget* parent = nullptr);

    void setColumns(const QStringList& columns);
    /// Does not emit edited().
    void setCategory(const ProfileCategory& category);
    /// A rule that lacks its column or text is that of the dash.
    [[nodiscard]] ProfileCategory category() const;

signals:
    /// A person changed something.
    void edited();

private:
    void showField();

    QComboBox* m_rule;
    ColumnPicker* m_column;
    QLineEdit* m_text;
};

} // namespace eventloupe
