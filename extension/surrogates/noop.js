// Stands in for a script that nothing waits for.
