"""The ensemble engine, printed as code per model: many patients side by side, each at a pace of its own."""
