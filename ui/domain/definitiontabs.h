#pragma once

#include <QPointer>
#include <QTabWidget>

namespace eventloupe {

class DefinitionPage;
struct OpenTexts;

/// The definitions that are open. Text that is not saved outlives its workspace being closed or
/// another one being opened: it is put away, and back when the workspace is there again. GUI
/// thread.
class DefinitionTabs final : public QTabWidget {
    Q_OBJECT

public:
    explicit DefinitionTabs(QWidget* parent = nullptr);

    /// The pages are of this folder from now on; "" is none. Drops what is saved or was given up,
    /// and puts the rest away. The paths of those that are back.
    QStringList setFolder(const QString& folder);
    /// A new page in front of the others.
    DefinitionPage& add(const QString& path);
    [[nodiscard]] QList<DefinitionPage*> pages() const;
    [[nodiscard]] DefinitionPage* page(const QString& path) const;
    [[nodiscard]] DefinitionPage* current() const;
    void showTitles();

    /// Asks what becomes of text that is not saved, of what was put away too, and saves it if
    /// wanted. False: stay. What is given up here goes with the next setFolder(), unless it is
    /// written on.
    [[nodiscard]] bool mayLeave();
    /// It was not left: what was given up is not.
    void stay();

signals:
    /// Text could not be saved.
    void attentionAsked();
    void currentPathChanged(const QString& path);

private:
    void closePage(int index);
    [[nodiscard]] bool mayClose(const QList<DefinitionPage*>& leaving);
    /// Waits for it. False: some text is not saved, and its page shows why.
    [[nodiscard]] bool saveAll(const QList<QPointer<DefinitionPage>>& asked);
    [[nodiscard]] OpenTexts textsBeside(const DefinitionPage& page) const;
    [[nodiscard]] QString nameOf(const DefinitionPage& page) const;

    QString m_folder;
    QList<DefinitionPage*> m_away; ///< Of other folders, with text that is not saved.
};

} // namespace eventloupe
