# Each of these starts a PostgreSQL server of its own; see postgres.cmake.
set(SCRATCH_DATABASE ${POSTGRES_SERVER} support/scratchdatabase.cpp support/scratchdatabase.h)
add_model_test(postgresforeign SOURCES ${SCRATCH_DATABASE} LINKS Eventloupe::server)
add_model_test(postgresforeigngrowth
    SOURCES ${SCRATCH_DATABASE} LINKS Eventloupe::server Eventloupe::time)
add_model_test(postgresprofiles SOURCES ${SCRATCH_DATABASE} support/profilesamples.cpp
    support/profilesamples.h support/scriptprofilesamples.cpp LINKS Eventloupe::server)
add_model_test(postgresfolds
    SOURCES ${SCRATCH_DATABASE} LINKS Eventloupe::server Eventloupe::time)
