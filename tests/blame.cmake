add_model_test(blame
    SOURCES support/plainblame.cpp support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::blame Eventloupe::exchange)
add_model_test(fieldhistory SOURCES support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::blame)
