#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace eventloupe {

/// A part of a JSON text in one line.
struct JsonToken {
    enum class Kind {
        Key, ///< A member's name; the path ends with it.
        String,
        Word, ///< A number, true, false, null, or what is none of them.
        Sign, ///< One of { } [ ] , :
    };
    Kind kind = Kind::Sign;
    int start = 0; ///< In the line, in UTF-16 units; of a string its quote.
    int length = 0;
    QStringList path; ///< Of the value, from the root; array elements by their numbers.
    bool isClosed = true; ///< False: a string whose end the line lacks.

    [[nodiscard]] int end() const { return start + length; }
    [[nodiscard]] bool isText() const { return kind == Kind::Key || kind == Kind::String; }
};

/// Goes through a JSON text line by line and knows at each token where in the document it is, as
/// far as that can be told of a text that is being written. Copies are states to go on from. What
/// is nested deeper than mostLevels, which no definition is, has a path that leads nowhere.
class JsonTracker {
public:
    static constexpr qsizetype mostLevels = 64;

    /// The tokens of the next line, which holds no line end.
    [[nodiscard]] QList<JsonToken> feed(QStringView line);

    /// The path of what comes next; of a key that comes next, that of its object.
    [[nodiscard]] QStringList path() const;
    /// Whether a member's name comes next.
    [[nodiscard]] bool isAtKey() const;
    /// The names that the innermost object has so far.
    [[nodiscard]] QStringList keys() const;
    /// Tells states apart that make a difference for what follows.
    [[nodiscard]] std::size_t hash() const;

private:
    struct Level {
        bool isObject = false;
        bool expectsKey = false;
        QString key;
        QStringList keys;
        qsizetype index = 0;
    };
    void takeSign(QChar sign);

    QList<Level> m_levels;
    qsizetype m_deeper = 0; ///< Levels below the deepest that is kept.
};

/// What a JSON string literal (quotes included) stands for; a damaged escape is left as it is.
[[nodiscard]] QString decodedJsonString(QStringView literal);

} // namespace eventloupe
