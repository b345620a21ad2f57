"""External and internal load by session and by day: one file per metric."""
