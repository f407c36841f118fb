#pragma once

#include "exchange/importer.h"
#include "mask/masks.h"

#include <QDialog>
#include <QTimer>

#include <memory>

class QComboBox;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace eventloupe {

class MappingForm;
class PlainLabel;
class PreviewLoader;
class PreviewModel;
class TargetForm;

/// Shows the first events of a file as they would be imported, lets the mapping be changed, and
/// asks where they go. Import is disabled while something stands in its way, with the reason in
/// view.
class ImportDialog final : public QDialog {
    Q_OBJECT

public:
    /// `masks`: of the workspace, which hold for the preview as well.
    explicit ImportDialog(const QString& file,
        std::shared_ptr<const Masks> masks = Masks::none(), QWidget* parent = nullptr);

    /// Offers the open store as the target.
    void setOpenStore(const QString& location, const QString& readOnlyReason);

    /// As chosen. Meaningful when accepted.
    [[nodiscard]] ImportRequest request() const;
    /// The store to make, or empty for the open one.
    [[nodiscard]] QString newStore() const;

private:
    void buildHead(QVBoxLayout& layout);
    void buildBody(QVBoxLayout& layout);
    void buildFoot(QVBoxLayout& layout);
    void wire();
    void reload();
    void present(const ImportPreview& preview);
    void refuse(const Error& error);
    void saveMapping();
    void review();
    [[nodiscard]] std::optional<ExchangeFormat> chosenFormat() const;

    QString m_file;
    PreviewLoader* m_loader;
    PreviewModel* m_preview;
    MappingForm* m_mapping;
    TargetForm* m_target;
    QComboBox* m_format;
    QTableView* m_table;
    PlainLabel* m_problem;
    QPushButton* m_import = nullptr;
    QPushButton* m_save = nullptr;
    QTimer m_pause; ///< Typing goes on until it fires.
    QStringList m_problems; ///< Of the file under this mapping.
    bool m_edited = false; ///< The mapping is the person's, no longer proposed.
    bool m_loading = true;
};

} // namespace eventloupe
