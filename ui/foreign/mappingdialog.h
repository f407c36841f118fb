#pragma once

#include "ui/foreign/mappingloader.h"

#include <QDialog>
#include <QTimer>

class QPushButton;
class QTableView;

namespace eventloupe {

class InfoBar;
class StoreMappingForm;
class MappingTarget;
class PlainLabel;
class PreviewTable;

/// Makes a mapping for a database that no library is known for: what each column is, with the first
/// events as they would be. Nothing is opened before it is saved. GUI thread.
class MappingDialog final : public QDialog {
    Q_OBJECT

public:
    /// What a dialog is about.
    struct Subject {
        QString location; ///< Without the choice of a profile.
        OpenDatabase open; ///< Of the location; called on a worker.
        QString workspace; ///< The open one's folder; empty where there is none.
        QString ownFolder; ///< Where the user's own mappings are.
        /// The store's workspace masks values. Which they are is told by types and categories,
        /// which are yet to be mapped: so all data is masked.
        bool isMasked = false;
    };

    explicit MappingDialog(const Subject& subject, QWidget* parent = nullptr);

    /// What to open. Meaningful when accepted.
    [[nodiscard]] QString toOpen() const { return m_result; }

private:
    void buildBody(class QVBoxLayout& layout);
    void takeGround(const std::shared_ptr<const MappingGround>& ground);
    void takePreview(const QList<Event>& events);
    void refuse(const Error& error);
    void reload();
    void review();
    void save();

    const Subject m_subject;
    MappingLoader* m_loader;
    StoreMappingForm* m_form;
    MappingTarget* m_target;
    PreviewTable* m_preview;
    QTableView* m_table;
    PlainLabel* m_caption;
    InfoBar* m_problem;
    QPushButton* m_save = nullptr;
    QTimer m_pause; ///< Typing goes on until it fires.
    StoreProfile m_shown; ///< What the preview is of.
    QString m_refusal; ///< Why there is no preview.
    QString m_result;
    bool m_isLoading = true;
};

} // namespace eventloupe
