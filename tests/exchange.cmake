add_model_test(csv LINKS Eventloupe::exchange)
add_model_test(jsonimport LINKS Eventloupe::exchange)
add_model_test(mapping LINKS Eventloupe::exchange)
add_model_test(ndjson LINKS Eventloupe::exchange)
