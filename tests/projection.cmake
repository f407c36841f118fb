add_model_test(projectionexport
    SOURCES support/plainprojection.cpp support/projected.cpp
    LINKS Eventloupe::projection)
add_model_test(projectionfold
    SOURCES support/plainprojection.cpp support/projected.cpp
    LINKS Eventloupe::projection)
add_model_test(projectionview
    SOURCES support/plainprojection.cpp support/projected.cpp
    LINKS Eventloupe::projection)
