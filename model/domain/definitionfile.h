#pragma once

#include "domain/definitiontexts.h"
#include "domain/textplace.h"
#include "domain/workspace.h"

namespace eventloupe {

/// A definition file: what it says, and what is wrong with it.
class DefinitionFile {
public:
    /// Reads and parses; the texts must outlive it. What DefinitionTexts refuses and anything that
    /// is no JSON object is a problem: isGood() is false then and problems() say why.
    DefinitionFile(DefinitionTexts& texts, QString relativePath);

    /// Files that this one refers to.
    void noteReferred(const QStringList& paths) { m_texts->noteReferred(paths); }
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] const QString& path() const { return m_path; }
    /// The file's name without folder and suffix.
    [[nodiscard]] QString baseName() const;
    [[nodiscard]] const JsonValue& root() const { return m_root; }
    [[nodiscard]] bool isGood() const { return m_problems.isEmpty(); }
    [[nodiscard]] const QList<WorkspaceProblem>& problems() const { return m_problems; }

    /// Where what is pointed to stands.
    [[nodiscard]] TextPlace placeOf(const JsonPointer& pointer) const;
    /// Notes a problem with what is pointed to.
    void fail(
        const JsonPointer& place, const QString& message, MemberPart part = MemberPart::Value);
    /// Notes a problem at a character of the string that is pointed to.
    void failInText(const JsonPointer& place, const ExpressionFault& fault);

private:
    void parse();
    bool isFull();

    DefinitionTexts* m_texts;
    QString m_folder;
    QString m_path;
    QByteArray m_text;
    JsonValue m_root = JsonValue::emptyObject();

    QList<WorkspaceProblem> m_problems;
};

/// A value inside a definition file: reads it as what it should be, and notes a problem at its
/// place when it is something else. Valid while its file lives.
class DefinitionNode {
public:
    explicit DefinitionNode(DefinitionFile& file);

    [[nodiscard]] const JsonValue& value() const { return *m_value; }
    [[nodiscard]] const JsonPointer& place() const { return m_place; }
    [[nodiscard]] TextPlace textPlace() const { return m_file->placeOf(m_place); }
    void fail(const QString& message, MemberPart part = MemberPart::Value) const;

    /// A problem for each member of another name, with the name that was probably meant.
    void expectMembers(const QStringList& names) const;
    [[nodiscard]] std::optional<DefinitionNode> member(const QByteArray& name) const;
    /// The same, and a problem when it is missing.
    [[nodiscard]] std::optional<DefinitionNode> required(const QByteArray& name) const;
    /// The members of an object; a problem when it is none.
    [[nodiscard]] QList<DefinitionNode> members() const;
    /// The elements of an array; a problem when it is none.
    [[nodiscard]] QList<DefinitionNode> elements() const;
    [[nodiscard]] const QByteArray& name() const { return m_place.tokens().last(); }

    [[nodiscard]] QString text() const;
    /// The text of a member, or the fallback when it is missing.
    [[nodiscard]] QString text(const QByteArray& name, const QString& fallback) const;
    [[nodiscard]] QStringList texts() const;
    [[nodiscard]] std::optional<JsonPointer> pointer() const;
    [[nodiscard]] std::optional<Schema> schema() const;
    [[nodiscard]] std::optional<Expression> expression(const ExpressionNames& names) const;
    [[nodiscard]] std::optional<TextTemplate> textTemplate(const ExpressionNames& names) const;
    void failInText(const ExpressionFault& fault) const { m_file->failInText(m_place, fault); }

private:
    DefinitionNode(DefinitionFile& file, const JsonValue& value, JsonPointer place);
    [[nodiscard]] DefinitionNode child(const QByteArray& token, const JsonValue& value) const;

    DefinitionFile* m_file;
    const JsonValue* m_value;
    JsonPointer m_place;
};

} // namespace eventloupe
