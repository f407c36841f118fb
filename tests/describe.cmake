add_model_test(describelog LINKS Eventloupe::describe Eventloupe::exchange Eventloupe::time)
