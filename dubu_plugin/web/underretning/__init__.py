"""One underretning on one screen: read, assessed, answered, and looked at by a second person."""
