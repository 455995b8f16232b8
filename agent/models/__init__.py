"""Language models: one client for every OpenAI-compatible endpoint, on a leash of time, size, number and cost."""
