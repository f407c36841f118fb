#include "expression/fault.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

QString latin(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString translated(const char* text)
{
    return QCoreApplication::translate("Expression", text);
}

/// A value in short, as it is written in an expression.
QString shown(const Value& value)
{
    constexpr qsizetype mostCharacters = 60;
    if (value.type() == ValueType::String) {
        // A character has at most four bytes; one that is cut shows as a replacement at the end.
        const auto start = value.toView().substr(0, 4 * mostCharacters);
        return u'\'' + latin(start).left(mostCharacters) + u'\'';
    }
    constexpr qint64 mostBytes = 10'000;
    if (value.writtenSize(mostBytes) >= mostBytes) {
        return latin(nameOf(value.type()));
    }
    const auto json = value.toJson();
    const auto text = json ? QString::fromUtf8(json->toJson()) : latin(nameOf(value.type()));
    return text.size() > mostCharacters ? text.left(mostCharacters) + u'\u2026' : text;
}

} // namespace

QString Fault::text() const
{
    const auto typeOf = [](const Value& value) { return latin(nameOf(value.type())); };
    switch (code) {
    case FaultCode::NoSuchKey:
        return translated(QT_TRANSLATE_NOOP("Expression", "no such key %1")).arg(shown(first));
    case FaultCode::NoFields:
        return translated(QT_TRANSLATE_NOOP("Expression", "no field %1 in a value of type %2"))
            .arg(shown(second), typeOf(first));
    case FaultCode::NoSuchIndex:
        return translated(QT_TRANSLATE_NOOP("Expression", "no index %1 in a list of %2"))
            .arg(shown(first), shown(second));
    case FaultCode::NoSuchCharacter:
        return translated(QT_TRANSLATE_NOOP("Expression", "no character %1 in a text of %2"))
            .arg(shown(first), shown(second));
    case FaultCode::NoOverload:
        return translated(QT_TRANSLATE_NOOP("Expression", "'%1' does not take %2"))
            .arg(latin(what),
                second.type() == ValueType::Type
                    ? typeOf(first)
                    : translated(QT_TRANSLATE_NOOP("Expression", "%1 and %2"))
                          .arg(typeOf(first), typeOf(second)));
    case FaultCode::NotABool:
        return translated(
            QT_TRANSLATE_NOOP("Expression", "'%1' takes true or false, and this is of type %2"))
            .arg(latin(what), typeOf(first));
    case FaultCode::DivisionByZero:
        return translated(QT_TRANSLATE_NOOP("Expression", "division by zero"));
    case FaultCode::OutOfRange:
        return translated(QT_TRANSLATE_NOOP("Expression", "the result of '%1' is out of range"))
            .arg(latin(what));
    case FaultCode::BadText:
        return translated(QT_TRANSLATE_NOOP("Expression", "'%1' cannot read %2"))
            .arg(latin(what), shown(first));
    case FaultCode::BadKey:
        return translated(QT_TRANSLATE_NOOP("Expression", "%1 cannot be a key")).arg(shown(first));
    case FaultCode::DuplicateKey:
        return translated(QT_TRANSLATE_NOOP("Expression", "the key %1 is there twice"))
            .arg(shown(first));
    case FaultCode::UnknownName:
        return latin(first.toView());
    case FaultCode::TooMuchWork:
        return translated(
            QT_TRANSLATE_NOOP("Expression", "the expression takes too much time or memory"));
    case FaultCode::TooDeep:
        return translated(QT_TRANSLATE_NOOP("Expression", "the value is nested too deeply"));
    case FaultCode::NotText:
        return translated(QT_TRANSLATE_NOOP("Expression", "'%1' takes strings, not %2"))
            .arg(latin(what), typeOf(first));
    case FaultCode::Empty:
        return translated(QT_TRANSLATE_NOOP("Expression", "'%1' of an optional without a value"))
            .arg(latin(what));
    case FaultCode::NotIterable:
        return translated(QT_TRANSLATE_NOOP("Expression", "type %1 is neither a list nor a map"))
            .arg(typeOf(first));
    case FaultCode::Damaged:
        return translated(QT_TRANSLATE_NOOP("Expression", "the JSON is damaged"));
    case FaultCode::None:
        break;
    }
    return {};
}

} // namespace eventloupe
