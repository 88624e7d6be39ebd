"""What is remembered: tables, transactions, queries. The only place that knows SQL."""
