#include "mask/masks.h"

#include "value/event.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

const MaskPatterns& noPatterns()
{
    static const MaskPatterns none;
    return none;
}

const MaskPatterns& wholeValue()
{
    static const MaskPatterns whole = [] {
        MaskPatterns patterns;
        patterns.add(JsonPointer());
        return patterns;
    }();
    return whole;
}

/// Where something is masked, so is a payload that could not be decoded, in which nobody finds it:
/// see encoding/payloaddecoder.h for its two members.
void addUndecoded(MaskPatterns& patterns)
{
    if (patterns.isEmpty())
        return;
    patterns.add(JsonPointer({ QByteArrayLiteral("$text") }));
    patterns.add(JsonPointer({ QByteArrayLiteral("$bytes") }));
}

} // namespace

bool EventMask::mask(QByteArray& eventData, QByteArray& eventMetadata) const
{
    const bool isData = data.mask(viewOf(eventData), eventData);
    return metadata.mask(viewOf(eventMetadata), eventMetadata) || isData;
}

const std::shared_ptr<const Masks>& Masks::none()
{
    static const auto masks = std::make_shared<const Masks>();
    return masks;
}

const std::shared_ptr<const Masks>& Masks::everything()
{
    static const auto masks = [] {
        auto all = std::make_shared<Masks>();
        all->m_isEverything = true;
        return std::shared_ptr<const Masks>(all);
    }();
    return masks;
}

QStringList Masks::categories() const
{
    QStringList names = m_categories.keys();
    names += m_states.keys();
    return names;
}

qsizetype Masks::count() const
{
    qsizetype count = 0;
    for (const MaskEntry& entry : m_entries)
        count += entry.masks.data.pointers().size() + entry.masks.metadata.pointers().size();
    return count;
}

EventMask Masks::ofEvent(const QString& type, const QString& category) const
{
    if (m_isEverything)
        return { wholeValue(), wholeValue() };
    EventMask masks = m_all;
    masks.add(m_types.value(type));
    masks.add(m_categories.value(category));
    return masks;
}

EventMask Masks::ofEventAnywhere(const QString& type) const
{
    EventMask masks = ofEvent(type, {});
    for (const EventMask& category : m_categories)
        masks.add(category);
    return masks;
}

const MaskPatterns& Masks::ofState(const QString& category) const
{
    if (m_isEverything)
        return wholeValue();
    const auto found = m_states.constFind(category);
    return found == m_states.cend() ? m_otherStates : *found;
}

MaskPatterns Masks::ofStates() const
{
    if (m_isEverything)
        return wholeValue();
    MaskPatterns all = m_otherStates;
    for (const MaskPatterns& state : m_states)
        all.add(state);
    return all;
}

const MaskPatterns& Masks::ofRow(const QString& projection) const
{
    if (m_isEverything)
        return wholeValue();
    const auto found = m_rows.constFind(projection);
    return found == m_rows.cend() ? noPatterns() : *found;
}

const MaskPatterns& Masks::ofCommand(const QString& command) const
{
    if (m_isEverything)
        return wholeValue();
    const auto found = m_commands.constFind(command);
    return found == m_commands.cend() ? noPatterns() : *found;
}

EventMask Masks::ofEvents() const
{
    EventMask all = ofEventAnywhere({});
    for (const EventMask& type : m_types)
        all.add(type);
    return all;
}

bool Masks::hidesFailuresOf(const QString& category) const
{
    if (isEmpty() || m_isEverything)
        return m_isEverything;
    return m_states.contains(category) ? m_hiddenFailures.contains(category)
                                       : m_hidesOtherFailures;
}

bool Masks::hidesMessagesOf(const QString& command) const
{
    return m_isEverything || m_hiddenMessages.contains(command);
}

QString Masks::hiddenReason()
{
    return QCoreApplication::translate(
        "Masks", "the reason is not shown, since it may quote a masked value");
}

void Masks::addEntry(const MaskEntry& entry)
{
    m_entries.append(entry);
    EventMask masks = entry.masks;
    addUndecoded(masks.data);
    addUndecoded(masks.metadata);
    if (!entry.type.isEmpty())
        m_types[entry.type].add(masks);
    else if (!entry.category.isEmpty())
        m_categories[entry.category].add(masks);
    else
        m_all.add(masks);
}

void Masks::holdInAllCategories()
{
    for (MaskEntry& entry : m_entries)
        entry.category.clear();
    for (const EventMask& masks : std::as_const(m_categories))
        m_all.add(masks);
}

void Masks::add(const Masks& others)
{
    m_isEverything = m_isEverything || others.m_isEverything;
    m_entries += others.m_entries;
    m_all.add(others.m_all);
    for (auto type = others.m_types.cbegin(); type != others.m_types.cend(); ++type)
        m_types[type.key()].add(type.value());
    for (auto each = others.m_categories.cbegin(); each != others.m_categories.cend(); ++each)
        m_categories[each.key()].add(each.value());
    // A category that only one of the two names has what the other masks in those without a name.
    const auto named = QSet<QString>(m_states.keyBegin(), m_states.keyEnd())
        + QSet<QString>(others.m_states.keyBegin(), others.m_states.keyEnd());
    for (const QString& category : named) {
        MaskPatterns states = ofState(category);
        states.add(others.ofState(category));
        const bool isHidden = hidesFailuresOf(category) || others.hidesFailuresOf(category);
        m_states[category] = states;
        if (isHidden)
            hideFailuresOf(category);
    }
    m_otherStates.add(others.m_otherStates);
    m_hidesOtherFailures = m_hidesOtherFailures || others.m_hidesOtherFailures;
}

bool Masks::addToType(const QString& type, const EventMask& masks)
{
    if (masks.isEmpty())
        return false;
    EventMask all = masks;
    addUndecoded(all.data);
    addUndecoded(all.metadata);
    return m_types[type].add(all);
}

bool Masks::addToState(const QString& category, const JsonPointer& pattern)
{
    return m_states[category].add(pattern);
}

bool Masks::addToOtherStates(const JsonPointer& pattern)
{
    return m_otherStates.add(pattern);
}

bool Masks::addToCommand(const QString& command, const JsonPointer& pattern)
{
    return m_commands[command].add(pattern);
}

bool Masks::addToRow(const QString& projection, const JsonPointer& pattern)
{
    return m_rows[projection].add(pattern);
}

} // namespace eventloupe
