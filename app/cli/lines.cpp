#include "app/cli/lines.h"

#include "app/cli/terminal.h"
#include "store/openfiles.h"

#include <QFile>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace eventloupe::cli {

namespace {

Error failure(const QString& name)
{
    const auto code = errno == ENOENT ? ErrorCode::NotFound : ErrorCode::InputOutput;
    return { code, tr("%1: %2").arg(name, QString::fromLocal8Bit(std::strerror(errno))) };
}

} // namespace

Lines::~Lines()
{
    if (m_file != nullptr && m_file != stdin)
        std::fclose(m_file);
    std::free(m_line);
}

Result<void> Lines::open(const QString& name)
{
    m_name = name == u"-" ? tr("standard input") : name;
    if (name != u"-")
        if (auto checked = checkSource(name); !checked)
            return checked;
    m_file = name == u"-" ? stdin : std::fopen(QFile::encodeName(name).constData(), "rb");
    if (m_file == nullptr)
        return failure(m_name);
    return {};
}

bool Lines::next(std::string_view& line)
{
    auto length = ::getline(&m_line, &m_size, m_file);
    if (length < 0)
        return false;
    while (length > 0 && (m_line[length - 1] == '\n' || m_line[length - 1] == '\r'))
        --length;
    line = { m_line, std::size_t(length) };
    return true;
}

Result<void> Lines::end() const
{
    if (std::ferror(m_file) != 0)
        return failure(m_name);
    return {};
}

} // namespace eventloupe::cli
