"""The venue on a real socket in real time, for any client; it promises no determinism."""
