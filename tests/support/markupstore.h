#pragma once

#include "store/storeclient.h"

#include <QTemporaryDir>

namespace eventloupe {

/// A workspace and its store in which every name and text that a person can choose is markup that
/// asks for a picture and a file, an ampersand, a place holder, and characters that are not seen.
class MarkupStore {
public:
    /// The picture is asked of that port of this machine.
    explicit MarkupStore(quint16 port);

    /// The text, with a word of its own in front.
    [[nodiscard]] QString text(const QString& word) const { return word + m_markup; }
    /// The same without what a file's name cannot have.
    [[nodiscard]] static QString fileName(const QString& word);
    /// The workspace's folder.
    [[nodiscard]] QString folder() const;
    /// A stream of the store; there are streams 1 to 4.
    [[nodiscard]] QString stream(int number) const;
    /// A file of events that are still to be imported.
    [[nodiscard]] QString eventsFile() const;
    /// The name of the workspace's command.
    [[nodiscard]] static QString command() { return fileName(QStringLiteral("Do")); }

private:
    void writeWorkspace() const;
    void writeForm() const;
    void writeStore() const;
    void write(const QString& name, const QByteArray& text) const;
    [[nodiscard]] QByteArray dataOf(int number) const;

    QString m_markup;
    QTemporaryDir m_folder;
};

} // namespace eventloupe
