#include "domain/filterselection.h"

#include "expression/expression.h"
#include "expression/lexer.h"
#include "expression/parser.h"

#include <array>

namespace eventloupe {

namespace {

using Texts = std::optional<QStringList>;

constexpr qint64 least = std::numeric_limits<qint64>::min();
constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr NumberRange none { 1, 0 };

/// The values of both lists.
void restrict(Texts& texts, const QStringList& wanted)
{
    if (!texts) {
        texts = wanted;
        return;
    }
    QStringList both;
    for (const QString& text : *texts) {
        if (wanted.contains(text))
            both.append(text);
    }
    texts = both;
}

/// What `number OP limit` admits.
std::optional<NumberRange> rangeOf(const QByteArray& op, qint64 limit)
{
    if (op == "==")
        return NumberRange { limit, limit };
    if (op == ">=")
        return NumberRange { limit, most };
    if (op == "<=")
        return NumberRange { least, limit };
    if (op == ">")
        return limit == most ? none : NumberRange { limit + 1, most };
    if (op == "<")
        return limit == least ? none : NumberRange { least, limit - 1 };
    return std::nullopt;
}

QByteArray mirrored(const QByteArray& op)
{
    return op == "<" ? ">" : op == "<=" ? ">=" : op == ">" ? "<" : op == ">=" ? "<=" : op;
}

class SelectionReader {
public:
    explicit SelectionReader(const Ast& ast)
        : m_ast(ast)
    {
    }

    FilterSelection read()
    {
        const bool isWhole = readConjunct(m_ast.at(m_ast.root));
        return { m_selection, isWhole };
    }

private:
    /// Whether the selection now says all that the condition says.
    bool readConjunct(const Node& node)
    {
        switch (node.kind) {
        case NodeKind::And: {
            bool isWhole = true;
            for (std::size_t i = 0; i < node.children.size(); ++i)
                isWhole = readConjunct(m_ast.child(node, i)) && isWhole;
            return isWhole;
        }
        case NodeKind::Or:
            return readAlternatives(node);
        case NodeKind::Constant:
            return node.value.toBool();
        case NodeKind::Binary:
            return node.text == "in" ? readMembership(node) : readComparison(node);
        default:
            return false;
        }
    }

    /// `type == "A" || type == "B"`, all of one name.
    bool readAlternatives(const Node& node)
    {
        const Node& first = m_ast.child(node, 0);
        Texts* texts = nullptr;
        QStringList wanted;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const Node& child = m_ast.child(node, i);
            Texts* own = nullptr;
            const auto text = equalText(child, own);
            if (!text || (i > 0 && own != texts) || first.kind != NodeKind::Binary)
                return false;
            texts = own;
            wanted.append(*text);
        }
        if (!texts)
            return false;
        restrict(*texts, wanted);
        return true;
    }

    /// The literal of `name == "literal"`, either way round.
    std::optional<QString> equalText(const Node& node, Texts*& texts)
    {
        if (node.kind != NodeKind::Binary || node.text != "==")
            return std::nullopt;
        for (const std::size_t side : { 0U, 1U }) {
            texts = textsNamed(m_ast.child(node, side));
            const Node& literal = m_ast.child(node, 1 - side);
            if (texts && isText(literal))
                return QString::fromUtf8(literal.value.toUtf8());
        }
        return std::nullopt;
    }

    bool readComparison(const Node& node)
    {
        Texts* texts = nullptr;
        if (const auto text = equalText(node, texts)) {
            restrict(*texts, { *text });
            return true;
        }
        for (const std::size_t side : { 0U, 1U }) {
            const QByteArray op = side == 0 ? node.text : mirrored(node.text);
            const Node& name = m_ast.child(node, side);
            const Node& limit = m_ast.child(node, 1 - side);
            NumberRange* numbers = numbersNamed(name);
            if (numbers && limit.kind == NodeKind::Constant && limit.value.type() == ValueType::Int)
                return narrow(*numbers, rangeOf(op, limit.value.toInt()));
            if (name.kind == NodeKind::Name && name.text == "time")
                return narrow(m_selection.times, timesOf(op, limit));
        }
        return false;
    }

    static bool narrow(NumberRange& numbers, const std::optional<NumberRange>& range)
    {
        if (range)
            numbers.intersect(*range);
        return range.has_value();
    }

    /// What `time OP timestamp("...")` admits, in microseconds.
    std::optional<NumberRange> timesOf(const QByteArray& op, const Node& node) const
    {
        if (node.kind != NodeKind::Call || node.text != "timestamp" || node.children.size() != 1
            || !isText(m_ast.child(node, 0)))
            return std::nullopt;
        constexpr std::array<std::string_view, 1> names { "text" };
        static const auto conversion = Expression::compile("timestamp(text)", names);
        const std::array arguments { m_ast.child(node, 0).value };
        const auto time = conversion->evaluate(arguments);
        const auto* instant = time ? std::get_if<Instant>(&time->content()) : nullptr;
        if (!instant)
            return std::nullopt;
        const qint64 microseconds = instant->seconds * 1'000'000 + instant->nanoseconds / 1000;
        if (instant->nanoseconds % 1000 == 0)
            return rangeOf(op, microseconds);
        // Between two of the microseconds that events have.
        if (op == "==")
            return none;
        return rangeOf(op == ">=" ? ">" : op == "<" ? "<=" : op, microseconds);
    }

    /// `name in [literals]`.
    bool readMembership(const Node& node)
    {
        const Node& list = m_ast.child(node, 1);
        Texts* texts = textsNamed(m_ast.child(node, 0));
        if (!texts || list.kind != NodeKind::List)
            return false;
        QStringList wanted;
        for (std::size_t i = 0; i < list.children.size(); ++i) {
            const Node& element = m_ast.child(list, i);
            if (!isText(element))
                return false;
            wanted.append(QString::fromUtf8(element.value.toUtf8()));
        }
        restrict(*texts, wanted);
        return true;
    }

    static bool isText(const Node& node)
    {
        return node.kind == NodeKind::Constant && node.value.type() == ValueType::String;
    }

    Texts* textsNamed(const Node& node)
    {
        if (node.kind != NodeKind::Name)
            return nullptr;
        return node.text == "type"    ? &m_selection.types
            : node.text == "stream"   ? &m_selection.streams
            : node.text == "category" ? &m_selection.categories
            : node.text == "id"       ? &m_selection.ids
                                      : nullptr;
    }

    NumberRange* numbersNamed(const Node& node)
    {
        if (node.kind != NodeKind::Name)
            return nullptr;
        return node.text == "position" ? &m_selection.positions
            : node.text == "version"   ? &m_selection.versions
                                       : nullptr;
    }

    const Ast& m_ast;
    LogSelection m_selection;
};

} // namespace

FilterSelection selectionOfFilter(std::string_view source)
{
    Lexer lexer(source);
    if (!lexer.run())
        return {};
    Parser parser(lexer.tokens());
    const auto ast = parser.run();
    return ast ? SelectionReader(*ast).read() : FilterSelection();
}

} // namespace eventloupe
