"""What the chair's rooms share: heads, progress in place, outcomes, the summary made once."""
