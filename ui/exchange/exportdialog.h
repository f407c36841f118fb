#pragma once

#include "exchange/exporter.h"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace eventloupe {

class PlainLabel;
struct ExportContext;

/// Asks what leaves the log, in which format, up to where, and into which file.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ExportDialog(const ExportContext& context, QWidget* parent = nullptr);

    /// As chosen. Meaningful when accepted.
    [[nodiscard]] ExportRequest request() const;
    void accept() override;

private:
    void buildScope(QFormLayout& form, const ExportContext& context);
    void buildRange(QFormLayout& form, const ExportContext& context);
    void buildFile(QFormLayout& form, const ExportContext& context);
    void browse();
    void followFormat();
    void followSuffix();
    void review();
    [[nodiscard]] ExchangeFormat format() const;
    [[nodiscard]] QString problem() const;

    QByteArray m_filter;
    QString m_stream;
    Position m_cursor;
    QComboBox* m_format;
    QLineEdit* m_file;
    QRadioButton* m_all;
    QRadioButton* m_filtered;
    QRadioButton* m_oneStream;
    QRadioButton* m_toCursor;
    QRadioButton* m_toHead;
    PlainLabel* m_problem;
    QPushButton* m_export;
};

} // namespace eventloupe
