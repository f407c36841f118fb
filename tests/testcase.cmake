add_model_test(historyshrink SOURCES support/sampleworkspace.cpp LINKS Eventloupe::testcase)
add_model_test(sourcetemplate LINKS Eventloupe::testcase)
add_model_test(sourcetext LINKS Eventloupe::testcase)
add_model_test(testcase SOURCES support/sampleworkspace.cpp LINKS Eventloupe::testcase
    Eventloupe::command)
# Test source for Emmett, run under node with the library from npm.
add_test(NAME emmett
    COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/emmett.sh $<TARGET_FILE:eventloupe>)
set_tests_properties(emmett PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
