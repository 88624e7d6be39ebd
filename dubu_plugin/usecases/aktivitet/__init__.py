"""What a person does with a plan on a case, and what an administrator does with the plans."""
