add_model_test(jsondifference LINKS Eventloupe::diff)
add_model_test(jsonpatch LINKS Eventloupe::diff)
add_model_test(listalignment LINKS Eventloupe::diff)
