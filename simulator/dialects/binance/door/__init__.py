"""The way in: frames and requests, keys and signatures, limits and bans."""
