/* What a page can do beyond links and forms. Small, and every page works without it. */
