#include "mysql/mariadblibrary.h"

#include "mysql/mysqltext.h"

#include <QLibrary>

namespace eventloupe {

namespace {

constexpr int abi = 3; ///< libmariadb.so.3

/// Looks functions up until one is missing.
class Resolver {
public:
    explicit Resolver(QLibrary& library)
        : m_library(library)
    {
    }
    template <class Function> void find(Function& function, const char* name)
    {
        function = reinterpret_cast<Function>(m_library.resolve(name));
        isWhole = isWhole && function != nullptr;
    }
    bool isWhole = true;

private:
    QLibrary& m_library;
};

} // namespace

const Result<MariaDbLibrary>& MariaDbLibrary::instance()
{
    // Never destroyed: a thread that tells a server something may outlive main().
    static const auto* const library = new Result<MariaDbLibrary>(load(QStringLiteral("mariadb")));
    return *library;
}

Result<MariaDbLibrary> MariaDbLibrary::load(const QString& name)
{
    QLibrary library(name, abi);
    library.setLoadHints(QLibrary::PreventUnloadHint);
    MariaDbLibrary found;
    Resolver resolver(library);
    resolver.isWhole = library.load();
    if (resolver.isWhole) {
        resolver.find(found.init, "mysql_init");
        resolver.find(found.close, "mysql_close");
        resolver.find(found.options, "mysql_options");
        resolver.find(found.setTls, "mysql_ssl_set");
        resolver.find(found.tlsCipher, "mysql_get_ssl_cipher");
        resolver.find(found.connectStart, "mysql_real_connect_start");
        resolver.find(found.connectContinue, "mysql_real_connect_cont");
        resolver.find(found.queryStart, "mysql_real_query_start");
        resolver.find(found.queryContinue, "mysql_real_query_cont");
        resolver.find(found.useResult, "mysql_use_result");
        resolver.find(found.fetchStart, "mysql_fetch_row_start");
        resolver.find(found.fetchContinue, "mysql_fetch_row_cont");
        resolver.find(found.lengths, "mysql_fetch_lengths");
        resolver.find(found.fields, "mysql_fetch_fields");
        resolver.find(found.fieldCount, "mysql_num_fields");
        resolver.find(found.freeResult, "mysql_free_result");
        resolver.find(found.errorNumber, "mysql_errno");
        resolver.find(found.errorText, "mysql_error");
        resolver.find(found.socket, "mysql_get_socket");
        resolver.find(found.serverVersion, "mysql_get_server_info");
        resolver.find(found.threadId, "mysql_thread_id");
    }
    if (!resolver.isWhole)
        return Error { ErrorCode::Unsupported,
            MysqlText::tr(
                "MySQL and MariaDB are read through MariaDB's client library, which is "
                "not here (%1). Install it: on Debian and Ubuntu the package libmariadb3.")
                .arg(library.errorString()) };
    return found;
}

} // namespace eventloupe
