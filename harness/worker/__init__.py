"""The process a world runs in: started by the connector's interpreter, forked for each world."""
