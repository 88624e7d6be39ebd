"""Order a letter or a document: one file for each kind, all by way of `letter`."""
