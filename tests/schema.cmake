add_model_test(schema LINKS Eventloupe::schema)
add_model_test(schemabounds LINKS Eventloupe::schema)
add_model_test(schemasuite LINKS Eventloupe::schema)
