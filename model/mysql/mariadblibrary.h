#pragma once

#include "value/result.h"

#include <mysql.h>

namespace eventloupe {

/// MariaDB's client library, which speaks to MySQL as well; loaded when it is first needed, so that
/// nobody else has to have it. Only for the sources of this room.
struct MariaDbLibrary {
    decltype(&::mysql_init) init = nullptr;
    decltype(&::mysql_close) close = nullptr;
    decltype(&::mysql_options) options = nullptr;
    decltype(&::mysql_ssl_set) setTls = nullptr;
    decltype(&::mysql_get_ssl_cipher) tlsCipher = nullptr;
    decltype(&::mysql_real_connect_start) connectStart = nullptr;
    decltype(&::mysql_real_connect_cont) connectContinue = nullptr;
    decltype(&::mysql_real_query_start) queryStart = nullptr;
    decltype(&::mysql_real_query_cont) queryContinue = nullptr;
    decltype(&::mysql_use_result) useResult = nullptr;
    decltype(&::mysql_fetch_row_start) fetchStart = nullptr;
    decltype(&::mysql_fetch_row_cont) fetchContinue = nullptr;
    decltype(&::mysql_fetch_lengths) lengths = nullptr;
    decltype(&::mysql_fetch_fields) fields = nullptr;
    decltype(&::mysql_num_fields) fieldCount = nullptr;
    decltype(&::mysql_free_result) freeResult = nullptr;
    decltype(&::mysql_errno) errorNumber = nullptr;
    decltype(&::mysql_error) errorText = nullptr;
    decltype(&::mysql_get_socket) socket = nullptr;
    decltype(&::mysql_get_server_info) serverVersion = nullptr;
    decltype(&::mysql_thread_id) threadId = nullptr;

    /// Unsupported names the library and Debian's package. Any thread; once a process.
    [[nodiscard]] static const Result<MariaDbLibrary>& instance();
    /// The same of a library by another name.
    [[nodiscard]] static Result<MariaDbLibrary> load(const QString& name);
};

} // namespace eventloupe
