# Templates for test source, one a library, embedded by model/testcase.
set(EVENTLOUPE_TESTCASE_FILES
    axon.tmpl
    axon4.tmpl
    emmett.tmpl
    marten.tmpl
    pyeventsourcing.tmpl
)
