"""The pages: each module gathers what one page shows."""
