"""What the end-to-end tests stand on: the program, and clients that share no code with it."""
