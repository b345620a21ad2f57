"""The desk in the browser: a room per feature, each with its forms, views, addresses and templates."""
