#include "report/recenterrors.h"

#include "report/messagetemplates.h"

namespace eventloupe {

QByteArray errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return "InvalidArgument";
    case ErrorCode::InvalidInput:
        return "InvalidInput";
    case ErrorCode::NotFound:
        return "NotFound";
    case ErrorCode::AlreadyExists:
        return "AlreadyExists";
    case ErrorCode::DuplicateEvent:
        return "DuplicateEvent";
    case ErrorCode::VersionConflict:
        return "VersionConflict";
    case ErrorCode::Rejected:
        return "Rejected";
    case ErrorCode::ReadOnly:
        return "ReadOnly";
    case ErrorCode::Busy:
        return "Busy";
    case ErrorCode::DiskFull:
        return "DiskFull";
    case ErrorCode::InputOutput:
        return "InputOutput";
    case ErrorCode::Corrupt:
        return "Corrupt";
    case ErrorCode::NotOurs:
        return "NotOurs";
    case ErrorCode::NewerVersion:
        return "NewerVersion";
    case ErrorCode::Cancelled:
        return "Cancelled";
    case ErrorCode::Unsupported:
        return "Unsupported";
    case ErrorCode::Internal:
        break;
    }
    return "Internal";
}

void RecentErrors::note(const Error& error)
{
    const QString message = MessageTemplates::instance().placeholdersFor(error.message);
    const std::scoped_lock lock(m_lock);
    m_entries.push_back({ Timestamp::now(), error.code, message });
    if (m_entries.size() > mostKept)
        m_entries.pop_front();
}

JsonValue RecentErrors::figures() const
{
    const std::scoped_lock lock(m_lock);
    auto list = JsonValue::emptyArray();
    for (const Entry& entry : m_entries) {
        auto line = JsonValue::emptyObject();
        line.insert("time", JsonValue::fromString(entry.time.toRfc3339()));
        line.insert("code", JsonValue::fromString(errorCodeName(entry.code)));
        line.insert("message", JsonValue::fromString(entry.message));
        list.append(std::move(line));
    }
    return list;
}

} // namespace eventloupe
