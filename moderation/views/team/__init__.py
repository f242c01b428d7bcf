"""The screens about people, keys and wellbeing."""
