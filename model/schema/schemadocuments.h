#pragma once

#include "schema/schemaresolver.h"
#include "value/jsonpointer.h"

#include <QHash>
#include <QUrl>

#include <deque>
#include <optional>
#include <unordered_map>

namespace eventloupe {

/// The documents of a schema and where its parts stand: base URIs, `$id`, `$anchor` and
/// `$dynamicAnchor` (JSON Schema Core 2020-12, section 8.2). Parts are known by their address,
/// which is good for as long as this lives.
class SchemaDocuments {
public:
    /// So many files for one schema are a mistake, or hostile.
    static constexpr int maximumDocuments = 200;

    /// A schema with a URI of its own: a document, or a part that has an `$id`.
    struct Resource {
        QUrl uri;
        const JsonValue* root;
        int document;
        int parent; ///< The resource that this one stands in, or -1.
        QHash<QByteArray, const JsonValue*> anchors; ///< Both kinds.
        QHash<QByteArray, const JsonValue*> dynamicAnchors;
    };
    /// What a reference leads to.
    struct Target {
        const JsonValue* schema;
        int resource;
        QByteArray anchor; ///< The name, when it leads to a `$dynamicAnchor`.
    };

    /// Takes in the document that all begins with; gives its schema.
    const JsonValue& addRoot(const JsonValue& document, const QUrl& base);
    /// Resolves a reference that stands in a resource, loading a document where that is needed
    /// and a resolver is given.
    Result<Target> locate(int resource, const QByteArray& reference, SchemaResolver* resolver);
    /// The same among what is loaded; nothing where the reference leads elsewhere.
    [[nodiscard]] std::optional<Target> find(int resource, const QByteArray& reference) const;

    [[nodiscard]] const Resource& resource(int index) const
    {
        return m_resources[std::size_t(index)];
    }
    [[nodiscard]] int resourceCount() const { return static_cast<int>(m_resources.size()); }
    /// The resource that a part belongs to.
    [[nodiscard]] int resourceOf(const JsonValue& schema) const;
    /// The tokens that lead to a part in its document.
    [[nodiscard]] QList<QByteArray> tokensOf(const JsonValue& schema) const;
    /// "#/properties/name", or "shared/money.json#/properties/amount" in another document.
    [[nodiscard]] QByteArray placeOf(const JsonValue& schema) const;
    /// False for the document that all begins with.
    [[nodiscard]] bool isElsewhere(const JsonValue& schema) const;

private:
    struct Document {
        JsonValue value;
        QUrl uri;
        QByteArray schemaMember;
    };
    struct Part {
        const JsonValue* parent; ///< Null at a document's root, and where nothing around is known.
        QList<QByteArray> tokens; ///< From the parent.
        int resource;
    };

    int addDocument(SchemaDocument document, const QUrl& uri);
    void addResource(const JsonValue& root, const QUrl& uri, int document, int parent);
    void index(const JsonValue& schema, const Part& part);
    void indexIdentity(const JsonValue& schema, Part& part);
    void indexBelow(const JsonValue& keyword, const QByteArray& name, const Part& part);
    Result<void> load(const QUrl& uri, const SchemaReference& reference, SchemaResolver* resolver);
    [[nodiscard]] QUrl resolved(int resource, const QByteArray& reference) const;
    [[nodiscard]] const JsonValue* atPointer(
        int resource, const JsonPointer& pointer, Part& part) const;
    [[nodiscard]] std::optional<Target> atFragment(int resource, const QString& fragment) const;
    static QByteArray keyOf(const QUrl& uri);

    std::deque<Document> m_documents;
    std::deque<Resource> m_resources;
    QHash<QByteArray, int> m_byUri; ///< Resources.
    std::unordered_map<const JsonValue*, Part> m_parts;
};

} // namespace eventloupe
