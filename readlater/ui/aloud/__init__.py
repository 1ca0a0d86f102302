"""Reading aloud: the way through the sentences, the system's voice, the media keys."""
