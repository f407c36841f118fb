add_model_test(reranking LINKS Eventloupe::branch)
add_model_test(branch LINKS Eventloupe::branch)
add_model_test(brancheventstore SOURCES ${STORE_CONTRACT} LINKS Eventloupe::branch)
add_model_test(branchproperty SOURCES support/plainbranch.cpp support/storeanswers.cpp
    LINKS Eventloupe::branch Eventloupe::exchange Eventloupe::time)
