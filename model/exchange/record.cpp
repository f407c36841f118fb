#include "exchange/record.h"

namespace eventloupe {

Record Record::deepCopy() const
{
    Record copy;
    copy.line = line;
    copy.members.reserve(members.size());
    for (const RecordMember& member : members) {
        const std::string& name = copy.owned.emplace_back(member.name);
        const std::string& value = copy.owned.emplace_back(member.value);
        copy.members.push_back({ name, value, member.offset });
    }
    return copy;
}

} // namespace eventloupe
