"""What computes: speech to text, text in pictures, text to vectors, and a local language model."""
