"""The network of a child: who is around it, custody, and protected addresses."""
