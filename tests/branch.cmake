add_model_test(reranking LINKS Eventloupe::branch)
add_model_test(branch LINKS Eventloupe::branch)
add_model_test(branchconsequences
    SOURCES support/samplestore.cpp support/sampleworkspace.cpp LINKS Eventloupe::branch)
add_model_test(brancheventstore SOURCES ${STORE_CONTRACT} LINKS Eventloupe::branch)
add_model_test(branchmain SOURCES support/samplestore.cpp LINKS Eventloupe::branch)
add_model_test(branchproperty SOURCES support/plainbranch.cpp support/storeanswers.cpp
    LINKS Eventloupe::branch Eventloupe::exchange Eventloupe::foreign Eventloupe::time)
add_model_test(branchsession SOURCES support/samplestore.cpp LINKS Eventloupe::branch)
# Writes a hundred logs, which takes its time under a sanitizer.
set_tests_properties(branchproperty PROPERTIES TIMEOUT 900)
