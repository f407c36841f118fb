#pragma once

#include "schema/schemaresolver.h"

#include <QStringList>

namespace eventloupe {

/// Resolves references to the files of one folder, by paths from the file that refers. Nothing
/// else is read: no network, no way out by "..", an absolute path or a link, no file over 1 MB.
class FolderSchemaResolver final : public SchemaResolver {
public:
    static constexpr qint64 maximumSize = 1'000'000; ///< Bytes.

    explicit FolderSchemaResolver(const QString& folder);

    /// The URI of a file, its path from the folder given, for SchemaOptions::base. `member` names
    /// the member of a definition that holds the schema.
    static QUrl uriOf(const QString& path, const QString& member = {});
    /// The member that holds the schema, where the path is a command's or an event's; else "".
    static QByteArray schemaMemberAt(const QString& path, const JsonValue& document);

    [[nodiscard]] Result<SchemaDocument> load(
        const QUrl& uri, const SchemaReference& reference) override;

    /// The files that were asked for, there or not, by their paths from the folder.
    [[nodiscard]] const QStringList& asked() const { return m_asked; }

private:
    [[nodiscard]] Result<QByteArray> read(const QString& path) const;

    QString m_folder; ///< Without links.
    QStringList m_asked;
};

} // namespace eventloupe
