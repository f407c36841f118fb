#pragma once

#include <QHash>
#include <QSet>
#include <QTreeWidget>

namespace eventloupe {

/// The definition files of a workspace by folder. GUI thread; told what there is.
class DomainTree final : public QTreeWidget {
    Q_OBJECT

public:
    explicit DomainTree(QWidget* parent = nullptr);

    /// Paths relative to the workspace.
    void setFiles(const QStringList& files);
    /// Marks: files with problems, files whose text is not saved.
    void setMarks(const QSet<QString>& broken, const QSet<QString>& unsaved);
    void select(const QString& path);
    /// The folder of the current row; empty where there is none.
    [[nodiscard]] QString currentFolder() const;

signals:
    void fileAsked(const QString& path);

private:
    void showMarks();

    QHash<QString, QTreeWidgetItem*> m_items;
    QStringList m_files;
    QSet<QString> m_broken;
    QSet<QString> m_unsaved;
};

} // namespace eventloupe
