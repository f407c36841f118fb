# Each of these but the first starts a MariaDB server of its own; see support/mariadb.sh.
set(MARIADB_SERVER support/mariadbserver.cpp support/mariadbserver.h)
add_model_test(mysqladdress LINKS Eventloupe::server)
target_include_directories(tst_mysqladdress SYSTEM PRIVATE ${LIBMARIADB_INCLUDE_DIRS})
add_model_test(mysqlforeign SOURCES ${SCRATCH_DATABASE} ${MARIADB_SERVER} LINKS Eventloupe::server)
add_model_test(mysqlgrowth SOURCES ${SCRATCH_DATABASE} ${MARIADB_SERVER} LINKS Eventloupe::server)
add_model_test(mysqlprofiles
    SOURCES ${SCRATCH_DATABASE} ${MARIADB_SERVER} support/mysqlprofilesamples.cpp
    support/mysqlprofilesamples.h LINKS Eventloupe::server Eventloupe::time)
