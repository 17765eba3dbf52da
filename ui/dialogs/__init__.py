"""What a person is asked: each opens over the window and never waits inside a call."""
