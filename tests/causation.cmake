add_model_test(causationids LINKS Eventloupe::causation)
add_model_test(causationloader LINKS Eventloupe::causation)
add_model_test(causationscan LINKS Eventloupe::causation)
add_model_test(causationtree LINKS Eventloupe::causation)
