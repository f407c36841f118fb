#pragma once

#include <QString>
#include <QStringList>

namespace eventloupe {

/// The files that the monkey may open, import and spoil, in a folder of its own: workspaces,
/// stores, other libraries' databases, and what is none of these.
class Scratch final {
public:
    /// `folder` is there and empty.
    explicit Scratch(QString folder);

    /// The folder that the names of places() stand in.
    [[nodiscard]] QString work() const { return m_folder + QStringLiteral("/work"); }
    [[nodiscard]] const QStringList& places() const { return m_places; }
    /// All is again as it was made. Nothing of it may be open.
    void renew() const;

private:
    void makeWorkspaces();
    void makeStores();
    void makeFiles();
    void copyForeign();
    [[nodiscard]] QString place(const QString& name);
    void write(const QString& name, const QByteArray& bytes);

    QString m_folder;
    QStringList m_places;
};

} // namespace eventloupe
