#include "foreign/rowreader.h"

namespace eventloupe {

std::vector<ProfileColumn> columnsOfIndex(const StoreProfile& profile)
{
    std::vector<ProfileColumn> columns;
    for (const ProfileField& part : profile.stream)
        columns.push_back(part.column);
    columns.push_back(profile.version.column);
    columns.push_back(profile.type.column);
    columns.push_back(profile.category.field.column);
    columns.push_back({ {}, profile.items });
    return columns;
}

std::vector<ProfileColumn> columnsFor(const StoreProfile& profile, ScanColumns parts)
{
    std::vector<ProfileColumn> columns;
    for (const ProfileField& part : profile.stream)
        columns.push_back(part.column);
    columns.push_back(profile.version.column);
    columns.push_back({ {}, profile.items });
    if (parts.testFlag(ScanColumn::Type))
        columns.push_back(profile.type.column);
    if (parts.testFlag(ScanColumn::Time))
        columns.push_back(profile.time.column);
    if (parts.testFlag(ScanColumn::Id))
        columns.push_back(profile.id.column);
    if (parts.testFlag(ScanColumn::Data))
        columns.push_back(profile.data.column);
    if (parts.testFlag(ScanColumn::Metadata)) {
        columns.push_back(profile.metadata.column);
        for (const ProfileField& member : profile.gathered)
            columns.push_back(member.column);
    }
    if (parts.testFlag(ScanColumn::Origin))
        for (const ProfileColumn& mark : profile.marks)
            columns.push_back(mark);
    return columns;
}

} // namespace eventloupe
