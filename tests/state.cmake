add_model_test(stateloader SOURCES support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::state)
add_model_test(statechanges SOURCES support/modelpicture.cpp LINKS Eventloupe::state)
add_model_test(statemodel SOURCES support/modelpicture.cpp LINKS Eventloupe::state)
add_model_test(streamlistmodel
    SOURCES support/modelpicture.cpp support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::state)
add_model_test(streamoutline LINKS Eventloupe::state)
add_model_test(subject SOURCES support/samplestore.cpp LINKS Eventloupe::state)
add_model_test(diffloader SOURCES support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::state)
add_model_test(fieldhistorymodel
    SOURCES support/modelpicture.cpp support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::state)
