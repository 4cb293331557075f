"""The contract of measures: worked forms against every wrong key."""
