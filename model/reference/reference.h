#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace eventloupe {

/// A part of the reference that is read by itself.
struct ReferenceSection {
    QString id; ///< "events", and of a part of it "events/upcasts".
    QString title;
    int level = 1; ///< 1: a chapter; 2: a part of the chapter before it.
    QString markdown; ///< Its heading included. Links to others are "#" and their id.
};

/// The reference of the domain format and the expression language, in order. Its text is
/// resources/reference; tables of members are made from the definitions' JSON Schemas. Thread-safe.
[[nodiscard]] const QList<ReferenceSection>& referenceSections();

/// The whole as one page of Markdown, with a table of contents.
[[nodiscard]] QByteArray referencePage();

struct ReferenceFile {
    QString name; ///< "command.json"
    QByteArray text;
};
/// The JSON Schema of each definition file, for other editors.
[[nodiscard]] QList<ReferenceFile> definitionSchemas();

} // namespace eventloupe
