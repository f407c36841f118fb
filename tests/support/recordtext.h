#pragma once

#include "exchange/record.h"

#include <QByteArray>

namespace eventloupe {

/// A reader's records as lines "LINE: name=value|name=value", and the fault that ended it as
/// "! message".
inline QByteArray recordsAsText(RecordReader& reader)
{
    QByteArray text;
    Record record;
    for (;;) {
        const Result<bool> found = reader.next(record);
        if (!found)
            return text + "! " + found.error().message.toUtf8() + '\n';
        if (!*found)
            return text;
        text += QByteArray::number(record.line) + ": ";
        for (const RecordMember& member : record.members) {
            if (&member != record.members.data())
                text += '|';
            text += QByteArray(member.name.data(), static_cast<qsizetype>(member.name.size())) + '='
                + QByteArray(member.value.data(), static_cast<qsizetype>(member.value.size()));
        }
        text += '\n';
    }
}

} // namespace eventloupe
