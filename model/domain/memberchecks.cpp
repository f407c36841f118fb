#include "domain/memberchecks.h"

#include "domain/domaintext.h"
#include "domain/knownmembers.h"
#include "domain/memberuses.h"
#include "domain/nearname.h"

namespace eventloupe {

namespace {

/// The members that a projection's rules give a row.
struct RowMembers {
    QStringList names { QStringLiteral("key") };
    bool isClosed = true;
};

/// Looks at the expressions of a file.
class Checker {
public:
    Checker(DefinitionFile& file, MemberCheck check)
        : m_file(file)
        , m_check(check)
    {
    }
    void setData(const KnownMembers& data) { m_data = data; }
    void setRow(const RowMembers& row) { m_row = row; }

    /// Each text at a place and below it is an expression.
    void expressions(const JsonPointer& place)
    {
        const JsonValue* value = place.resolve(m_file.root());
        if (!value)
            return;
        if (value->isString())
            look(place, memberUses(value->toString()), MemberPart::Value);
        for (qsizetype i = 0; i < value->size() && value->isArray(); ++i)
            expressions(below(place, QByteArray::number(i)));
        for (const JsonValue::Member& member : value->members())
            expressions(below(place, member.key));
    }
    void textTemplate(const JsonPointer& place)
    {
        if (const JsonValue* value = place.resolve(m_file.root()))
            look(place, memberUsesOfTemplate(value->toString()), MemberPart::Value);
    }
    void ruleName(const JsonPointer& place, const QByteArray& text)
    {
        look(place, memberUsesOfTemplate(QString::fromUtf8(text)), MemberPart::Name);
    }

    static JsonPointer below(const JsonPointer& place, const QByteArray& token)
    {
        return JsonPointer(place.tokens() + QList<QByteArray> { token });
    }

private:
    void look(const JsonPointer& place, const QList<MemberUse>& uses, MemberPart part)
    {
        for (const MemberUse& use : uses) {
            if (use.variable == u"row" && m_row)
                tell(place, part, use, 0, m_row->names, m_row->isClosed);
            else if (use.variable == u"data")
                checkData(place, part, use);
        }
    }

    void checkData(const JsonPointer& place, MemberPart part, const MemberUse& use)
    {
        KnownMembers members = m_data;
        for (qsizetype i = 0; i < use.names.size(); ++i) {
            if (tell(place, part, use, i, members.names(), members.isClosed()))
                return;
            members = members.of(use.names.at(i));
        }
    }

    /// Tells the name where nothing has it; true where there is nothing below it to look at.
    bool tell(const JsonPointer& place, MemberPart part, const MemberUse& use, qsizetype at,
        const QStringList& known, bool isClosed)
    {
        const QString& name = use.names.at(at);
        if (known.isEmpty() || known.contains(name))
            return known.isEmpty();
        if (isClosed != (m_check == MemberCheck::Faults) || m_told >= mostTold)
            return true;
        ++m_told;
        const QString path
            = QStringList(QStringList { use.variable } + use.names.mid(0, at)).join(u'.');
        const QString meant = didYouMean(name, known);
        const QString there
            = DomainText::tr("; there are: %1").arg(known.mid(0, 12).join(QStringLiteral(", ")));
        const QString message = isClosed
            ? DomainText::tr("'%1' has no member '%2'")
            : DomainText::tr("nothing says that '%1' has a member '%2'");
        m_file.fail(place,
            message.arg(path.left(100), name.left(100)) + (meant.isEmpty() ? there : meant), part);
        return true;
    }

    static constexpr int mostTold = 50;
    DefinitionFile& m_file;
    MemberCheck m_check;
    KnownMembers m_data;
    std::optional<RowMembers> m_row;
    int m_told = 0;
};

bool isRule(const QByteArray& name)
{
    return name.startsWith('/');
}

RowMembers rowMembers(const JsonValue& root)
{
    RowMembers row;
    if (const JsonValue* initial = root.find("initialRow")) {
        for (const JsonValue::Member& member : initial->members())
            row.names.append(QString::fromUtf8(member.key));
    }
    const JsonValue* evolve = root.find("evolve");
    for (const JsonValue::Member& event :
        evolve ? evolve->members() : std::span<const JsonValue::Member>()) {
        // "merge" gives it what the data has.
        row.isClosed = row.isClosed && event.value.toView() != "merge";
        for (const JsonValue::Member& rule : event.value.members()) {
            const QByteArray first = rule.key.mid(1).split('/').first();
            if (!isRule(rule.key))
                continue;
            if (first.contains('{') || first.contains('~'))
                row.isClosed = false;
            else
                row.names.append(QString::fromUtf8(first));
        }
    }
    const JsonValue* columns = root.find("columns");
    for (const JsonValue& column : columns ? columns->elements() : std::span<const JsonValue>()) {
        const JsonValue* name = column.find(column.find("pointer") ? "pointer" : "name");
        if (name && name->isString())
            row.names.append(name->toString().remove(u'/'));
    }
    row.names.removeDuplicates();
    return row;
}

} // namespace

void checkCommandMembers(const CommandDefinition& command, DefinitionFile& file, MemberCheck check)
{
    Checker checker(file, check);
    checker.setData(KnownMembers(command.schema));
    checker.textTemplate(JsonPointer({ "stream" }));
    const auto count = [&file](const char* name) {
        const JsonValue* list = file.root().find(name);
        return list && list->isArray() ? list->size() : 0;
    };
    for (qsizetype i = 0; i < count("require"); ++i) {
        const JsonPointer guard({ "require", QByteArray::number(i) });
        checker.expressions(Checker::below(guard, "that"));
        checker.textTemplate(Checker::below(guard, "message"));
    }
    for (qsizetype i = 0; i < count("emit"); ++i) {
        const JsonPointer emission({ "emit", QByteArray::number(i) });
        checker.expressions(Checker::below(emission, "when"));
        checker.expressions(Checker::below(emission, "data"));
    }
}

void checkProjectionMembers(const Workspace& workspace, DefinitionFile& file, MemberCheck check)
{
    const JsonValue* evolve = file.root().find("evolve");
    if (!evolve)
        return;
    Checker checker(file, check);
    checker.setRow(rowMembers(file.root()));
    for (const JsonValue::Member& listed : evolve->members()) {
        const EventDefinition* event = workspace.event(QString::fromUtf8(listed.key));
        checker.setData(event && event->schema ? KnownMembers(*event->schema) : KnownMembers());
        const JsonPointer place({ "evolve", listed.key });
        for (const JsonValue::Member& rule : listed.value.members()) {
            checker.expressions(Checker::below(place, rule.key));
            if (isRule(rule.key))
                checker.ruleName(Checker::below(place, rule.key), rule.key);
        }
    }
}

} // namespace eventloupe
