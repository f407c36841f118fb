add_model_test(eventsummary LINKS Eventloupe::log)
add_model_test(matchlist LINKS Eventloupe::log)
