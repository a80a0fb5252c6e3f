"""What wrong results have in common, where no wrong rule of the exercise gives them."""
