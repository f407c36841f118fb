add_model_test(historyshrink SOURCES support/sampleworkspace.cpp LINKS Eventloupe::testcase)
add_model_test(sourcetemplate LINKS Eventloupe::testcase)
add_model_test(sourcetext LINKS Eventloupe::testcase)
add_model_test(testcase SOURCES support/sampleworkspace.cpp LINKS Eventloupe::testcase
    Eventloupe::command)
