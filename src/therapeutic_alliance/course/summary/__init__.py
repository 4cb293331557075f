"""What a course says, put together for a person who reads it: facts, and no advice."""
