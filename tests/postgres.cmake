# Each of these starts a PostgreSQL server of its own, and stops it; see support/postgres.sh.
set(POSTGRES_SERVER support/postgresserver.cpp support/postgresserver.h)
add_model_test(postgresaddress LINKS Eventloupe::postgres)
add_model_test(postgresconnection SOURCES ${POSTGRES_SERVER} LINKS Eventloupe::postgres)
add_model_test(postgrescommits
    SOURCES ${STORE_CONTRACT} ${POSTGRES_SERVER} LINKS Eventloupe::postgres)
add_model_test(postgreseventstore
    SOURCES ${STORE_CONTRACT} ${POSTGRES_SERVER} LINKS Eventloupe::postgres)
add_model_test(postgresfaults
    SOURCES ${STORE_CONTRACT} ${POSTGRES_SERVER} LINKS Eventloupe::postgres)
add_model_test(postgresload
    SOURCES ${STORE_CONTRACT} ${POSTGRES_SERVER} LINKS Eventloupe::postgres)
add_model_test(postgreswriters
    SOURCES ${STORE_CONTRACT} ${POSTGRES_SERVER} LINKS Eventloupe::postgres)
add_model_test(postgrestls SOURCES ${POSTGRES_SERVER} LINKS Eventloupe::postgres)
slow_disk(postgresconnection postgrescommits postgreseventstore postgresfaults postgresload
    postgreswriters)
add_model_test(nothreads
    SOURCES ${POSTGRES_SERVER} support/foreignfiles.cpp support/foreignfiles.h
        support/nothreads.cpp support/nothreads.h
    LINKS Eventloupe::exchange Eventloupe::foreign Eventloupe::postgres SQLite::SQLite3
        ${CMAKE_DL_LIBS})
