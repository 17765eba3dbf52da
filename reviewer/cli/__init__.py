"""The second face: everything the window does to a casebook, without a window.

``main.run`` parses and runs one command line; ``console`` says how results and refusals are told.
"""
