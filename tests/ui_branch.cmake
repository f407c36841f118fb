add_model_test(branchdialogs LINKS Eventloupe::ui_branch)
add_model_test(branchwindow SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(leftbranch SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
