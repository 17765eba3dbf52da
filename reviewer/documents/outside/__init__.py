"""Our side of the process that reads documents: how it is started, and what of it is believed."""
